// Stops serving an API under a path of a custom domain. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteBasePathMapping.html

import type { DeleteBasePathMappingInput, DeleteBasePathMappingOutput } from "../../../../models/apigateway.d.ts";
import { key, mappingOf, operation } from "../../store.ts";

export const deleteBasePathMapping = operation<DeleteBasePathMappingInput, DeleteBasePathMappingOutput>(
  (input, context) => {
    const { domainName, basePath } = mappingOf(context, input.domainName, input.basePath);
    context.store.mappings.delete(key(domainName, basePath));
    return {};
  },
);
