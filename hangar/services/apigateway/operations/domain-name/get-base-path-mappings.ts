// Lists what a custom domain serves. https://docs.aws.amazon.com/apigateway/latest/api/API_GetBasePathMappings.html

import type { GetBasePathMappingsInput, GetBasePathMappingsOutput } from "../../../../models/apigateway.d.ts";
import { mappingAnswer } from "../../rules/base-path-mapping.ts";
import { page } from "../../rules/pages.ts";
import { domainOf, operation, under } from "../../store.ts";

export const getBasePathMappings = operation<GetBasePathMappingsInput, GetBasePathMappingsOutput>((input, context) => {
  const { domainName } = domainOf(context, input.domainName);
  return page(
    [...context.store.mappings.rows(under(domainName))].map((row) => [row.basePath, mappingAnswer(row)] as const),
    input,
  );
});
