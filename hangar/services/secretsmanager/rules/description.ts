// Secrets as DescribeSecret and ListSecrets show them.

import type { DescribeSecretResponse } from "../../../models/secretsmanager.d.ts";
import type { Secret } from "../store.ts";
import { stagesOf } from "./versions.ts";

const DAY = 86_400_000;

export function describe(secret: Secret): DescribeSecretResponse {
  const { rotation } = secret;
  const stages = stagesOf(secret);
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.type === undefined ? {} : { Type: secret.type }),
    ...(secret.description === undefined ? {} : { Description: secret.description }),
    ...(secret.keyId === undefined ? {} : { KmsKeyId: secret.keyId }),
    ...(rotation === undefined
      ? {}
      : {
          RotationEnabled: rotation.enabled,
          RotationLambdaARN: rotation.lambda,
          RotationRules: rotation.rules,
          ...(rotation.last === undefined ? {} : { LastRotatedDate: new Date(rotation.last) }),
          ...(rotation.next === undefined || !rotation.enabled ? {} : { NextRotationDate: new Date(rotation.next) }),
        }),
    LastChangedDate: new Date(secret.changed),
    // Only the day is kept.
    ...(secret.accessed === undefined ? {} : { LastAccessedDate: new Date(Math.floor(secret.accessed / DAY) * DAY) }),
    ...(secret.deletion === undefined ? {} : { DeletedDate: new Date(secret.deletion.marked) }),
    ...(secret.tags.length === 0 ? {} : { Tags: secret.tags }),
    ...(Object.keys(stages).length === 0 ? {} : { VersionIdsToStages: stages }),
    CreatedDate: new Date(secret.created),
  };
}
