// Lists custom domain names. https://docs.aws.amazon.com/apigateway/latest/api/API_GetDomainNames.html

import type { GetDomainNamesInput, GetDomainNamesOutput } from "../../../../models/apigateway.d.ts";
import { domainAnswer } from "../../rules/domain-name.ts";
import { page } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const getDomainNames = operation<GetDomainNamesInput, GetDomainNamesOutput>((input, { store }) =>
  page(
    // Other accounts share private names only, and there are none.
    (input.resourceOwner === "OTHER_ACCOUNTS" ? [] : [...store.domains.rows()]).map(
      (row) => [row.domainName, domainAnswer(row)] as const,
    ),
    input,
  ),
);
