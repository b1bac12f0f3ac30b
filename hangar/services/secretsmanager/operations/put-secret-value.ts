// Adds a version with a value. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html

import type { PutSecretValueInput, PutSecretValueOutput } from "../../../models/secretsmanager.d.ts";
import { liveSecret } from "../rules/find-secret.ts";
import { checkStages, mustHaveValue, putValue, tokenIn, valueIn } from "../rules/new-value.ts";
import { CURRENT, operation } from "../store.ts";

export const putSecretValue = operation<PutSecretValueInput, PutSecretValueOutput>(async (input, context) => {
  const secret = liveSecret(context, input.SecretId);
  const value = mustHaveValue(valueIn(input));
  const stages = input.VersionStages ?? [CURRENT];
  checkStages(stages);
  // The first value of a secret is the current one, whatever labels are asked for.
  const first = secret.versions.every((version) => version.value === undefined) && input.VersionStages === undefined;
  const version = await putValue(context, secret, {
    token: tokenIn(context, input.ClientRequestToken),
    value,
    stages: first ? [CURRENT] : stages,
  });
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: version.stages };
});
