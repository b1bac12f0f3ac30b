// Gives the document of a version of a managed policy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html

import type { GetPolicyVersionInput, GetPolicyVersionOutput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { anyPolicy, checkPolicyArn } from "../../rules/attachments.ts";
import { versionsOf } from "../../rules/policy-versions.ts";
import { operation } from "../../store.ts";

export const getPolicyVersion = operation<GetPolicyVersionInput, GetPolicyVersionOutput>((input, context) => {
  checkPolicyArn(input.PolicyArn);
  const version = versionsOf(anyPolicy(context, input.PolicyArn)).find((each) => each.VersionId === input.VersionId);
  if (version === undefined)
    throw noSuchEntity(`Policy ${input.PolicyArn} version ${input.VersionId} does not exist or is not attachable.`);
  return { PolicyVersion: version };
});
