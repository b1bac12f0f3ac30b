// Removes tags from a parameter. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RemoveTagsFromResource.html

import type { RemoveTagsFromResourceInput, RemoveTagsFromResourceOutput } from "../../../models/ssm.d.ts";
import { taggedParameter } from "../rules/tagged-parameter.ts";
import { operation } from "../store.ts";

export const removeTagsFromResource = operation<RemoveTagsFromResourceInput, RemoveTagsFromResourceOutput>(
  (input, context) => {
    const parameter = taggedParameter(context, input);
    context.store.parameters.put(parameter.Name, {
      ...parameter,
      tags: parameter.tags.filter((tag) => !input.TagKeys.includes(tag.Key)),
    });
    return {};
  },
);
