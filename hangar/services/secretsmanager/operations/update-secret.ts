// Changes description and key, or adds a current value. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html

import type { UpdateSecretInput, UpdateSecretOutput } from "../../../models/secretsmanager.d.ts";
import { liveSecret, putSecret } from "../rules/find-secret.ts";
import { putValue, tokenIn, valueIn } from "../rules/new-value.ts";
import { CURRENT, type Secret, operation } from "../store.ts";

export const updateSecret = operation<UpdateSecretInput, UpdateSecretOutput>(async (input, context) => {
  const secret = liveSecret(context, input.SecretId);
  const value = valueIn(input);
  const changed: Secret = {
    ...secret,
    description: input.Description ?? secret.description,
    keyId: input.KmsKeyId ?? secret.keyId,
    type: input.Type ?? secret.type,
    changed: context.clock.now(),
  };
  if (value === undefined) {
    putSecret(context, changed);
    return { ARN: secret.arn, Name: secret.name };
  }
  const version = await putValue(context, changed, {
    token: tokenIn(context, input.ClientRequestToken),
    value,
    stages: [CURRENT],
  });
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id };
});
