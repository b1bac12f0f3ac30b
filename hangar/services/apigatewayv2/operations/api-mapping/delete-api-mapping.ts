// Removes an API mapping.

import type { DeleteApiMappingInput } from "../../../../models/apigatewayv2.d.ts";
import { mappingOf } from "../../rules/api-mapping.ts";
import { operation } from "../../store.ts";

export const deleteApiMapping = operation<DeleteApiMappingInput, Record<string, never>>(async (input, context) => {
  await context.ports.domainNames.remove(await mappingOf(context, input.DomainName, input.ApiMappingId));
  return {};
});
