// Removes a VPC link. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteVpcLink.html

import type { DeleteVpcLinkInput, DeleteVpcLinkOutput } from "../../../../models/apigateway.d.ts";
import { operation, vpcLinkOf } from "../../store.ts";

export const deleteVpcLink = operation<DeleteVpcLinkInput, DeleteVpcLinkOutput>((input, context) => {
  context.store.vpcLinks.delete(vpcLinkOf(context, input.vpcLinkId).id);
  return {};
});
