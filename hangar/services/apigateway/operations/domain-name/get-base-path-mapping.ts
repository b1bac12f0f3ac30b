// Describes a base path mapping. https://docs.aws.amazon.com/apigateway/latest/api/API_GetBasePathMapping.html

import type { GetBasePathMappingInput, GetBasePathMappingOutput } from "../../../../models/apigateway.d.ts";
import { mappingAnswer } from "../../rules/base-path-mapping.ts";
import { mappingOf, operation } from "../../store.ts";

export const getBasePathMapping = operation<GetBasePathMappingInput, GetBasePathMappingOutput>((input, context) =>
  mappingAnswer(mappingOf(context, input.domainName, input.basePath)),
);
