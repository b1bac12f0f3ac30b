// Takes tags off a table. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html

import type { UntagResourceInput, UntagResourceOutput } from "../../../models/dynamodb.d.ts";
import { findResource } from "../engine/find-resource.ts";
import { validation } from "../errors.ts";
import { operation } from "../store.ts";

export const untagResource = operation<UntagResourceInput, UntagResourceOutput>((input, context) => {
  if (input.TagKeys.length === 0) throw validation("Atleast one Tag Key needs to be provided as Input.");
  const { table, store } = findResource(context, input.ResourceArn);
  const gone = new Set(input.TagKeys);
  store.tables.put(table.name, {
    ...table,
    tags: Object.fromEntries(Object.entries(table.tags).filter(([key]) => !gone.has(key))),
  });
  return {};
});
