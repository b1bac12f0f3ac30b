// Lists the custom domain names of a region.

import type { GetDomainNamesInput, GetDomainNamesOutput } from "../../../../models/apigatewayv2.d.ts";
import { domainAnswer, type RestDomain } from "../../rules/domain-name.ts";
import { operation } from "../../store.ts";

export const getDomainNames = operation<GetDomainNamesInput, GetDomainNamesOutput>(
  async ({ MaxResults, NextToken }, context) => {
    const { items, position } = (await context.ports.api.call("apigateway", "GetDomainNames", {
      ...(MaxResults === undefined ? {} : { limit: Number(MaxResults) }),
      ...(NextToken === undefined ? {} : { position: NextToken }),
    })) as { readonly items?: readonly RestDomain[]; readonly position?: string };
    return {
      Items: (items ?? []).map(domainAnswer),
      ...(position === undefined ? {} : { NextToken: position }),
    };
  },
);
