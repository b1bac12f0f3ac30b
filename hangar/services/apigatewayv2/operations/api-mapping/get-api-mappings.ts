// Lists the API mappings of a custom domain name.

import type { GetApiMappingsInput, GetApiMappingsOutput } from "../../../../models/apigatewayv2.d.ts";
import { mappingAnswer } from "../../rules/api-mapping.ts";
import { operation } from "../../store.ts";

export const getApiMappings = operation<GetApiMappingsInput, GetApiMappingsOutput>(async (input, context) => ({
  Items: (await context.ports.domainNames.mappings(input.DomainName)).map(mappingAnswer),
}));
