// Event source mappings of a function or a source. https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html

import type { ListEventSourceMappingsRequest, ListEventSourceMappingsResponse } from "../../../../models/lambda.d.ts";
import { resolveReference } from "../../rules/function-name.ts";
import { mappingAnswer } from "../../rules/mapping.ts";
import { marker, pageOf } from "../../rules/paging.ts";
import { operation } from "../../store.ts";

export const listEventSourceMappings = operation<ListEventSourceMappingsRequest, ListEventSourceMappingsResponse>(
  (input, context) => {
    const target =
      input.FunctionName === undefined ? undefined : resolveReference(input.FunctionName, undefined, context);
    const rows = [...context.store.mappings.rows()].filter(
      (row) =>
        (input.EventSourceArn === undefined || row.EventSourceArn === input.EventSourceArn) &&
        (target === undefined ||
          (row.functionName === target.name && (target.qualifier === undefined || row.qualifier === target.qualifier))),
    );
    const { items, next } = pageOf(rows, (row) => row.UUID, input);
    return { ...marker(next), EventSourceMappings: items.map((row) => mappingAnswer(row)) };
  },
);
