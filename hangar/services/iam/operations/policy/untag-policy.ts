// Removes tags from a managed policy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html

import type { UntagPolicyInput } from "../../../../models/iam.d.ts";
import { ownPolicy } from "../../rules/attachments.ts";
import { withoutTags } from "../../rules/tags.ts";
import { accountStore, operation } from "../../store.ts";

export const untagPolicy = operation<UntagPolicyInput, void>((input, context) => {
  const policy = ownPolicy(context, input.PolicyArn);
  accountStore(context).policies.put(policy.Arn, { ...policy, tags: withoutTags(policy.tags, input.TagKeys) });
});
