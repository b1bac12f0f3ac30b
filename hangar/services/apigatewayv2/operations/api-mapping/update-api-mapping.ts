// Changes where an API mapping leads.

import type { UpdateApiMappingInput, UpdateApiMappingOutput } from "../../../../models/apigatewayv2.d.ts";
import { checkMapping, mappingAnswer, mappingOf } from "../../rules/api-mapping.ts";
import { operation } from "../../store.ts";

export const updateApiMapping = operation<UpdateApiMappingInput, UpdateApiMappingOutput>(async (input, context) => {
  const before = await mappingOf(context, input.DomainName, input.ApiMappingId);
  const mapping = {
    ...before,
    apiId: input.ApiId,
    basePath: input.ApiMappingKey ?? before.basePath,
    stage: input.Stage ?? before.stage,
  };
  await checkMapping(context, mapping);
  await context.ports.domainNames.put(mapping);
  return mappingAnswer(mapping);
});
