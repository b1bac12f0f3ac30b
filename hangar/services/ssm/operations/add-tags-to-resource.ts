// Adds tags to a parameter. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html

import type { AddTagsToResourceInput, AddTagsToResourceOutput } from "../../../models/ssm.d.ts";
import { tooManyTags } from "../errors.ts";
import { taggedParameter } from "../rules/tagged-parameter.ts";
import { operation } from "../store.ts";

export const addTagsToResource = operation<AddTagsToResourceInput, AddTagsToResourceOutput>((input, context) => {
  const parameter = taggedParameter(context, input);
  const added = input.Tags.map(({ Key, Value }) => ({ Key, Value }));
  const tags = [...parameter.tags.filter((tag) => !added.some((each) => each.Key === tag.Key)), ...added];
  if (tags.length > 50) throw tooManyTags();
  context.store.parameters.put(parameter.Name, { ...parameter, tags });
  return {};
});
