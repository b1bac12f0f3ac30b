// Lists the tags of an instance profile. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html

import type { ListInstanceProfileTagsInput, ListInstanceProfileTagsOutput } from "../../../../models/iam.d.ts";
import { profileNamed } from "../../rules/instance-profiles.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listInstanceProfileTags = operation<ListInstanceProfileTagsInput, ListInstanceProfileTagsOutput>(
  (input, context) => {
    const { items, facts } = pageOf(profileNamed(context, input.InstanceProfileName).tags, input);
    return { Tags: items, ...facts };
  },
);
