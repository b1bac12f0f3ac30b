// Lists the tags of a managed policy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html

import type { ListPolicyTagsInput, ListPolicyTagsOutput } from "../../../../models/iam.d.ts";
import { ownPolicy } from "../../rules/attachments.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listPolicyTags = operation<ListPolicyTagsInput, ListPolicyTagsOutput>((input, context) => {
  const { items, facts } = pageOf(ownPolicy(context, input.PolicyArn).tags, input);
  return { Tags: items, ...facts };
});
