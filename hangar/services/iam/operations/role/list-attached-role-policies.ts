// Lists the managed policies attached to a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html

import type { ListAttachedRolePoliciesInput, ListAttachedRolePoliciesOutput } from "../../../../models/iam.d.ts";
import { attachedAnswers } from "../../rules/attachments.ts";
import { roleNamed } from "../../rules/holders.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listAttachedRolePolicies = operation<ListAttachedRolePoliciesInput, ListAttachedRolePoliciesOutput>(
  (input, context) => {
    const { items, facts } = pageOf(attachedAnswers(roleNamed(context, input.RoleName), input.PathPrefix), input);
    return { AttachedPolicies: items, ...facts };
  },
);
