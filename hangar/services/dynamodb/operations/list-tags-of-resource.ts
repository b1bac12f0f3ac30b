// Lists the tags of a table. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html

import type { ListTagsOfResourceInput, ListTagsOfResourceOutput } from "../../../models/dynamodb.d.ts";
import { findResource } from "../engine/find-resource.ts";
import { operation } from "../store.ts";

export const listTagsOfResource = operation<ListTagsOfResourceInput, ListTagsOfResourceOutput>((input, context) => {
  const { table } = findResource(context, input.ResourceArn);
  return { Tags: Object.entries(table.tags).map(([Key, Value]) => ({ Key, Value })) };
});
