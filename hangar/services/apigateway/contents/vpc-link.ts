// API Gateway's operations on VPC links, by API name.

import { createVpcLink } from "../operations/vpc-link/create-vpc-link.ts";
import { deleteVpcLink } from "../operations/vpc-link/delete-vpc-link.ts";
import { getVpcLink } from "../operations/vpc-link/get-vpc-link.ts";
import { getVpcLinks } from "../operations/vpc-link/get-vpc-links.ts";
import { updateVpcLink } from "../operations/vpc-link/update-vpc-link.ts";

export const vpcLinkOperations = {
  CreateVpcLink: createVpcLink,
  DeleteVpcLink: deleteVpcLink,
  GetVpcLink: getVpcLink,
  GetVpcLinks: getVpcLinks,
  UpdateVpcLink: updateVpcLink,
};
