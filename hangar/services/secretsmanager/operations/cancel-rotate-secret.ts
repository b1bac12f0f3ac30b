// Turns automatic rotation off. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CancelRotateSecret.html

import type { CancelRotateSecretInput, CancelRotateSecretOutput } from "../../../models/secretsmanager.d.ts";
import { invalidRequest } from "../errors.ts";
import { liveSecret, putSecret } from "../rules/find-secret.ts";
import { scheduled } from "../rules/rotation.ts";
import { PENDING, operation } from "../store.ts";

export const cancelRotateSecret = operation<CancelRotateSecretInput, CancelRotateSecretOutput>((input, context) => {
  const secret = liveSecret(context, input.SecretId);
  if (secret.rotation === undefined)
    throw invalidRequest("You tried to cancel a rotation on a secret that does not have rotation configured.");
  const pending = secret.versions.find((version) => version.stages.includes(PENDING));
  putSecret(context, scheduled(context, { ...secret, rotation: { ...secret.rotation, enabled: false } }));
  return { ARN: secret.arn, Name: secret.name, ...(pending === undefined ? {} : { VersionId: pending.id }) };
});
