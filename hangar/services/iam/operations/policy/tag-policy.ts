// Adds tags to a managed policy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html

import type { TagPolicyInput } from "../../../../models/iam.d.ts";
import { ownPolicy } from "../../rules/attachments.ts";
import { mergedTags } from "../../rules/tags.ts";
import { accountStore, operation } from "../../store.ts";

export const tagPolicy = operation<TagPolicyInput, void>((input, context) => {
  const policy = ownPolicy(context, input.PolicyArn);
  accountStore(context).policies.put(policy.Arn, { ...policy, tags: mergedTags(policy.tags, input.Tags) });
});
