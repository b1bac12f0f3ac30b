// Says which version of a managed policy holds. https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html

import type { SetDefaultPolicyVersionInput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { ownPolicy } from "../../rules/attachments.ts";
import { accountStore, operation } from "../../store.ts";

export const setDefaultPolicyVersion = operation<SetDefaultPolicyVersionInput, void>((input, context) => {
  const policy = ownPolicy(context, input.PolicyArn);
  if (!policy.versions.some((version) => version.id === input.VersionId))
    throw noSuchEntity(`Policy ${input.PolicyArn} version ${input.VersionId} does not exist or is not attachable.`);
  accountStore(context).policies.put(policy.Arn, {
    ...policy,
    defaultVersion: input.VersionId,
    updated: context.clock.seconds() * 1000,
  });
});
