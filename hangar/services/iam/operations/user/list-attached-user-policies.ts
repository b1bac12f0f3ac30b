// Lists the managed policies attached to a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html

import type { ListAttachedUserPoliciesInput, ListAttachedUserPoliciesOutput } from "../../../../models/iam.d.ts";
import { attachedAnswers } from "../../rules/attachments.ts";
import { userNamed } from "../../rules/holders.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listAttachedUserPolicies = operation<ListAttachedUserPoliciesInput, ListAttachedUserPoliciesOutput>(
  (input, context) => {
    const { items, facts } = pageOf(attachedAnswers(userNamed(context, input.UserName), input.PathPrefix), input);
    return { AttachedPolicies: items, ...facts };
  },
);
