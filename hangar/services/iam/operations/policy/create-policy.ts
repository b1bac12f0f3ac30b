// Creates a managed policy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html

import type { CreatePolicyInput, CreatePolicyOutput } from "../../../../models/iam.d.ts";
import { entityAlreadyExists } from "../../errors.ts";
import { policySummary, tagsAnswer } from "../../rules/answers.ts";
import { entityArn } from "../../rules/entity-arn.ts";
import { checkPolicy, checkSize } from "../../rules/policy-text.ts";
import { checkedTags } from "../../rules/tags.ts";
import { accountStore, nameKey, type ManagedPolicy, operation } from "../../store.ts";

export const createPolicy = operation<CreatePolicyInput, CreatePolicyOutput>((input, context) => {
  const { PolicyName, Path = "/", PolicyDocument } = input;
  const store = accountStore(context);
  if ([...store.policies.rows()].some((policy) => nameKey(policy.PolicyName) === nameKey(PolicyName)))
    throw entityAlreadyExists(`A policy called ${PolicyName} already exists. Duplicate names are not allowed.`);
  checkPolicy(PolicyDocument, "identity");
  checkSize(PolicyDocument, 6144, "PolicySize");
  const created = context.clock.seconds() * 1000;
  const policy: ManagedPolicy = {
    PolicyName,
    PolicyId: `ANPA${context.ids.upper(17)}`,
    Arn: entityArn(context.account, "policy", Path, PolicyName),
    Path,
    Description: input.Description,
    created,
    updated: created,
    defaultVersion: "v1",
    versions: [{ id: "v1", document: PolicyDocument, created }],
    next: 2,
    tags: checkedTags(input.Tags),
  };
  store.policies.put(policy.Arn, policy);
  return { Policy: { ...policySummary(policy, { attachments: 0, boundaries: 0 }), ...tagsAnswer(policy.tags) } };
});
