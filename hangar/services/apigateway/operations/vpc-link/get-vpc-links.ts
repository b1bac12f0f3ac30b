// Lists VPC links. https://docs.aws.amazon.com/apigateway/latest/api/API_GetVpcLinks.html

import type { GetVpcLinksInput, GetVpcLinksOutput } from "../../../../models/apigateway.d.ts";
import { page } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const getVpcLinks = operation<GetVpcLinksInput, GetVpcLinksOutput>((input, { store }) =>
  page([...store.vpcLinks.range()], input),
);
