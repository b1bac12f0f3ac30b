// Deletes a version of a managed policy that is not the default. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html

import type { DeletePolicyVersionInput } from "../../../../models/iam.d.ts";
import { deleteConflict, noSuchEntity } from "../../errors.ts";
import { ownPolicy } from "../../rules/attachments.ts";
import { accountStore, operation } from "../../store.ts";

export const deletePolicyVersion = operation<DeletePolicyVersionInput, void>((input, context) => {
  const policy = ownPolicy(context, input.PolicyArn);
  if (!policy.versions.some((version) => version.id === input.VersionId))
    throw noSuchEntity(`Policy ${input.PolicyArn} version ${input.VersionId} does not exist or is not attachable.`);
  if (policy.defaultVersion === input.VersionId) throw deleteConflict("Cannot delete the default version of a policy.");
  accountStore(context).policies.put(policy.Arn, {
    ...policy,
    versions: policy.versions.filter((version) => version.id !== input.VersionId),
  });
});
