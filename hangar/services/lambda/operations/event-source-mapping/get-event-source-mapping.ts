// An event source mapping. https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html

import type { EventSourceMappingConfiguration, GetEventSourceMappingRequest } from "../../../../models/lambda.d.ts";
import { mappingAnswer, presentMapping } from "../../rules/mapping.ts";
import { operation } from "../../store.ts";

export const getEventSourceMapping = operation<GetEventSourceMappingRequest, EventSourceMappingConfiguration>(
  (input, context) => mappingAnswer(presentMapping(context, input.UUID)),
);
