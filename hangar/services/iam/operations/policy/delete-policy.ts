// Deletes a managed policy that nobody uses. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html

import type { DeletePolicyInput } from "../../../../models/iam.d.ts";
import { deleteConflict } from "../../errors.ts";
import { ownPolicy, usesOf } from "../../rules/attachments.ts";
import { accountStore, operation } from "../../store.ts";

export const deletePolicy = operation<DeletePolicyInput, void>((input, context) => {
  const policy = ownPolicy(context, input.PolicyArn);
  const uses = usesOf(context)(policy.Arn);
  if (uses.attachments + uses.boundaries > 0) throw deleteConflict("Cannot delete a policy attached to entities.");
  if (policy.versions.length > 1)
    throw deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  accountStore(context).policies.delete(policy.Arn);
});
