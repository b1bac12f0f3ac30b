// Serves a stage under a path of a custom domain name.

import type { CreateApiMappingInput, CreateApiMappingOutput } from "../../../../models/apigatewayv2.d.ts";
import { checkMapping, mappingAnswer } from "../../rules/api-mapping.ts";
import { operation } from "../../store.ts";

export const createApiMapping = operation<CreateApiMappingInput, CreateApiMappingOutput>(async (input, context) => {
  const { DomainName, ApiMappingKey = "" } = input;
  const mapping = {
    id: context.ids.lower(6),
    domainName: DomainName,
    basePath: ApiMappingKey,
    apiId: input.ApiId,
    stage: input.Stage,
  };
  await checkMapping(context, mapping);
  await context.ports.domainNames.put(mapping);
  return mappingAnswer(mapping);
});
