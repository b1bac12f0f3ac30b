// Changes a base path mapping. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateBasePathMapping.html

import type { UpdateBasePathMappingInput, UpdateBasePathMappingOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { checkBasePath, mappingAnswer, mappingPatches } from "../../rules/base-path-mapping.ts";
import { applyPatch } from "../../rules/patch.ts";
import { key, mappingOf, operation } from "../../store.ts";

export const updateBasePathMapping = operation<UpdateBasePathMappingInput, UpdateBasePathMappingOutput>(
  (input, context) => {
    const { store } = context;
    const before = mappingOf(context, input.domainName, input.basePath);
    const row = applyPatch(before, input.patchOperations, mappingPatches);
    checkBasePath(row.basePath);
    if (!store.apis.has(row.restApiId ?? "")) throw badRequest("Invalid REST API identifier specified");
    store.mappings.delete(key(before.domainName, before.basePath));
    store.mappings.put(key(row.domainName, row.basePath), row);
    return mappingAnswer(row);
  },
);
