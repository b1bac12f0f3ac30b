// Shows a VPC link. https://docs.aws.amazon.com/apigateway/latest/api/API_GetVpcLink.html

import type { GetVpcLinkInput, GetVpcLinkOutput } from "../../../../models/apigateway.d.ts";
import { shownLink } from "../../rules/vpc-link.ts";
import { operation, vpcLinkOf } from "../../store.ts";

export const getVpcLink = operation<GetVpcLinkInput, GetVpcLinkOutput>((input, context) =>
  shownLink(vpcLinkOf(context, input.vpcLinkId)),
);
