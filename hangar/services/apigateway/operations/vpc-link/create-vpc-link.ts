// Makes a link to a network load balancer. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateVpcLink.html

import type { CreateVpcLinkInput, CreateVpcLinkOutput } from "../../../../models/apigateway.d.ts";
import { newVpcLink } from "../../rules/vpc-link.ts";
import { operation } from "../../store.ts";

export const createVpcLink = operation<CreateVpcLinkInput, CreateVpcLinkOutput>((input, { store, ids }) => {
  const row = newVpcLink(input, ids.lower(6));
  store.vpcLinks.put(row.id, row);
  // AWS takes minutes to make one; whoever asks again finds ours ready.
  const { statusMessage: _ready, ...made } = row;
  return { ...made, status: "PENDING" };
});
