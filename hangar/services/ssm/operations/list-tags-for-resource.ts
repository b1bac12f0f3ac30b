// Lists the tags of a parameter. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListTagsForResource.html

import type { ListTagsForResourceInput, ListTagsForResourceOutput } from "../../../models/ssm.d.ts";
import { taggedParameter } from "../rules/tagged-parameter.ts";
import { operation } from "../store.ts";

export const listTagsForResource = operation<ListTagsForResourceInput, ListTagsForResourceOutput>((input, context) => ({
  TagList: taggedParameter(context, input).tags,
}));
