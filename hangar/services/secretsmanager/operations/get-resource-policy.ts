// Gives a secret's own policy. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html

import type { GetResourcePolicyInput, GetResourcePolicyOutput } from "../../../models/secretsmanager.d.ts";
import { anySecret } from "../rules/find-secret.ts";
import { operation } from "../store.ts";

export const getResourcePolicy = operation<GetResourcePolicyInput, GetResourcePolicyOutput>((input, context) => {
  const secret = anySecret(context, input.SecretId);
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.policy === undefined ? {} : { ResourcePolicy: secret.policy }),
  };
});
