// Tells of an API mapping.

import type { GetApiMappingInput, GetApiMappingOutput } from "../../../../models/apigatewayv2.d.ts";
import { mappingAnswer, mappingOf } from "../../rules/api-mapping.ts";
import { operation } from "../../store.ts";

export const getApiMapping = operation<GetApiMappingInput, GetApiMappingOutput>(async (input, context) =>
  mappingAnswer(await mappingOf(context, input.DomainName, input.ApiMappingId)),
);
