// Removes a secret's own policy. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteResourcePolicy.html

import type { DeleteResourcePolicyInput, DeleteResourcePolicyOutput } from "../../../models/secretsmanager.d.ts";
import { liveSecret, putSecret } from "../rules/find-secret.ts";
import { operation } from "../store.ts";

export const deleteResourcePolicy = operation<DeleteResourcePolicyInput, DeleteResourcePolicyOutput>(
  (input, context) => {
    const secret = liveSecret(context, input.SecretId);
    putSecret(context, { ...secret, policy: undefined });
    return { ARN: secret.arn, Name: secret.name };
  },
);
