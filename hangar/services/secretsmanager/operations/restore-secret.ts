// Keeps a secret that was to be deleted. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html

import type { RestoreSecretInput, RestoreSecretOutput } from "../../../models/secretsmanager.d.ts";
import { anySecret, putSecret } from "../rules/find-secret.ts";
import { operation } from "../store.ts";

export const restoreSecret = operation<RestoreSecretInput, RestoreSecretOutput>((input, context) => {
  const secret = anySecret(context, input.SecretId);
  if (secret.deletion !== undefined) context.scheduler.cancel(secret.deletion.work);
  putSecret(context, { ...secret, deletion: undefined });
  return { ARN: secret.arn, Name: secret.name };
});
