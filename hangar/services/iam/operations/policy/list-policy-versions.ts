// Lists the versions of a managed policy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html

import type { ListPolicyVersionsInput, ListPolicyVersionsOutput } from "../../../../models/iam.d.ts";
import { anyPolicy, checkPolicyArn } from "../../rules/attachments.ts";
import { pageOf } from "../../rules/pages.ts";
import { versionsOf } from "../../rules/policy-versions.ts";
import { operation } from "../../store.ts";

export const listPolicyVersions = operation<ListPolicyVersionsInput, ListPolicyVersionsOutput>((input, context) => {
  checkPolicyArn(input.PolicyArn);
  const { items, facts } = pageOf(versionsOf(anyPolicy(context, input.PolicyArn)), input);
  return {
    Versions: items.map(({ VersionId, IsDefaultVersion, CreateDate }) => ({ VersionId, IsDefaultVersion, CreateDate })),
    ...facts,
  };
});
