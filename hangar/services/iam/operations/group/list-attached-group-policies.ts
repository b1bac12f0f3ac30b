// Lists the managed policies attached to a group. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html

import type { ListAttachedGroupPoliciesInput, ListAttachedGroupPoliciesOutput } from "../../../../models/iam.d.ts";
import { attachedAnswers } from "../../rules/attachments.ts";
import { groupNamed } from "../../rules/holders.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listAttachedGroupPolicies = operation<ListAttachedGroupPoliciesInput, ListAttachedGroupPoliciesOutput>(
  (input, context) => {
    const { items, facts } = pageOf(attachedAnswers(groupNamed(context, input.GroupName), input.PathPrefix), input);
    return { AttachedPolicies: items, ...facts };
  },
);
