// Lists the managed policies: the account's own and those of AWS. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html

import type { ListPoliciesInput, ListPoliciesOutput } from "../../../../models/iam.d.ts";
import { awsPolicySummary, policySummary } from "../../rules/answers.ts";
import { usesOf } from "../../rules/attachments.ts";
import { awsManagedPolicies } from "../../rules/managed-policies.ts";
import { pageOf, underPath } from "../../rules/pages.ts";
import { accountStore, operation } from "../../store.ts";

export const listPolicies = operation<ListPoliciesInput, ListPoliciesOutput>((input, context) => {
  const { Scope = "All", OnlyAttached = false, PathPrefix, PolicyUsageFilter } = input;
  const uses = usesOf(context);
  const used = (arn: string): boolean =>
    !OnlyAttached || uses(arn)[PolicyUsageFilter === "PermissionsBoundary" ? "boundaries" : "attachments"] > 0;
  const own =
    Scope === "AWS"
      ? []
      : underPath(accountStore(context).policies.rows(), PathPrefix).map((policy) =>
          policySummary(policy, uses(policy.Arn)),
        );
  const aws =
    Scope === "Local"
      ? []
      : underPath(awsManagedPolicies(), PathPrefix).map((policy) => awsPolicySummary(policy, uses(policy.Arn)));
  const { items, facts } = pageOf(
    [...own, ...aws].filter((policy) => used(policy.Arn ?? "")),
    input,
  );
  return { Policies: items, ...facts };
});
