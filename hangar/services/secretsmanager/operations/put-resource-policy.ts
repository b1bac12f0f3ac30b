// Sets a secret's own policy. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html

import type { PutResourcePolicyInput, PutResourcePolicyOutput } from "../../../models/secretsmanager.d.ts";
import { liveSecret, putSecret } from "../rules/find-secret.ts";
import { checkResourcePolicy } from "../rules/resource-policies.ts";
import { operation } from "../store.ts";

export const putResourcePolicy = operation<PutResourcePolicyInput, PutResourcePolicyOutput>((input, context) => {
  const secret = liveSecret(context, input.SecretId);
  checkResourcePolicy(input.ResourcePolicy, input.BlockPublicPolicy ?? false);
  putSecret(context, { ...secret, policy: input.ResourcePolicy });
  return { ARN: secret.arn, Name: secret.name };
});
