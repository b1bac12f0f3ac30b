// Ends a mapping. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html

import type { DeleteEventSourceMappingRequest, EventSourceMappingConfiguration } from "../../../../models/lambda.d.ts";
import { mappingAnswer, presentMapping } from "../../rules/mapping.ts";
import { stopPolling } from "../../rules/polling.ts";
import { operation } from "../../store.ts";

export const deleteEventSourceMapping = operation<DeleteEventSourceMappingRequest, EventSourceMappingConfiguration>(
  (input, context) => {
    const row = presentMapping(context, input.UUID);
    stopPolling(context, row);
    context.store.mappings.delete(row.UUID);
    context.store.gathered.delete(row.UUID);
    for (const key of Array.from(context.store.cursors.keys({ prefix: row.UUID }))) context.store.cursors.delete(key);
    return mappingAnswer(row, "Deleting");
  },
);
