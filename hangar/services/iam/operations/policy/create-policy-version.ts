// Adds a version to a managed policy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html

import type { CreatePolicyVersionInput, CreatePolicyVersionOutput } from "../../../../models/iam.d.ts";
import { limitExceeded } from "../../errors.ts";
import { ownPolicy } from "../../rules/attachments.ts";
import { checkPolicy, checkSize } from "../../rules/policy-text.ts";
import { accountStore, operation } from "../../store.ts";

export const createPolicyVersion = operation<CreatePolicyVersionInput, CreatePolicyVersionOutput>((input, context) => {
  const policy = ownPolicy(context, input.PolicyArn);
  checkPolicy(input.PolicyDocument, "identity");
  checkSize(input.PolicyDocument, 6144, "PolicySize");
  if (policy.versions.length >= 5)
    throw limitExceeded(
      "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
    );
  const version = { id: `v${policy.next}`, document: input.PolicyDocument, created: context.clock.seconds() * 1000 };
  const isDefault = input.SetAsDefault === true;
  accountStore(context).policies.put(policy.Arn, {
    ...policy,
    versions: [...policy.versions, version],
    next: policy.next + 1,
    defaultVersion: isDefault ? version.id : policy.defaultVersion,
    updated: version.created,
  });
  return {
    PolicyVersion: { VersionId: version.id, IsDefaultVersion: isDefault, CreateDate: new Date(version.created) },
  };
});
