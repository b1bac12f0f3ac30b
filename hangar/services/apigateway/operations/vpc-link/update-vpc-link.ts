// Changes the name or description of a VPC link. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateVpcLink.html

import type { UpdateVpcLinkInput, UpdateVpcLinkOutput } from "../../../../models/apigateway.d.ts";
import { applyPatch, listingWords } from "../../rules/patch.ts";
import { shownLink, vpcLinkPatches } from "../../rules/vpc-link.ts";
import { operation, vpcLinkOf } from "../../store.ts";

export const updateVpcLink = operation<UpdateVpcLinkInput, UpdateVpcLinkOutput>((input, context) => {
  const row = applyPatch(vpcLinkOf(context, input.vpcLinkId), input.patchOperations, vpcLinkPatches, listingWords);
  context.store.vpcLinks.put(row.id, row);
  return shownLink(row);
});
