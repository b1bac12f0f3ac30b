// Puts tags on a table. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html

import type { TagResourceInput, TagResourceOutput } from "../../../models/dynamodb.d.ts";
import { findResource } from "../engine/find-resource.ts";
import { splitStream } from "../engine/stream-writer.ts";
import { validation } from "../errors.ts";
import { checkTagCount, checkTags } from "../rules/tags.ts";
import { operation } from "../store.ts";

export const tagResource = operation<TagResourceInput, TagResourceOutput>((input, context) => {
  if (input.Tags.length === 0) throw validation("Atleast one Tag needs to be provided as Input.");
  checkTags(input.Tags);
  const { table, store } = findResource(context, input.ResourceArn);
  const tags = { ...table.tags, ...Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key, Value])) };
  checkTagCount(Object.keys(tags).length);
  const row = { ...table, tags };
  store.tables.put(table.name, row);
  splitStream(context, store, row);
  return {};
});
