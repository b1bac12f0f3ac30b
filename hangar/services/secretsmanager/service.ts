// Secrets Manager: secrets, their versions and their rotation.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { batchGetSecretValue } from "./operations/batch-get-secret-value.ts";
import { cancelRotateSecret } from "./operations/cancel-rotate-secret.ts";
import { createSecret } from "./operations/create-secret.ts";
import { deleteResourcePolicy } from "./operations/delete-resource-policy.ts";
import { deleteSecret } from "./operations/delete-secret.ts";
import { describeSecret } from "./operations/describe-secret.ts";
import { getRandomPassword } from "./operations/get-random-password.ts";
import { getResourcePolicy } from "./operations/get-resource-policy.ts";
import { getSecretValue } from "./operations/get-secret-value.ts";
import { listSecretVersionIds } from "./operations/list-secret-version-ids.ts";
import { listSecrets } from "./operations/list-secrets.ts";
import { putResourcePolicy } from "./operations/put-resource-policy.ts";
import { putSecretValue } from "./operations/put-secret-value.ts";
import { restoreSecret } from "./operations/restore-secret.ts";
import { rotateSecret } from "./operations/rotate-secret.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateSecret } from "./operations/update-secret.ts";
import { updateSecretVersionStage } from "./operations/update-secret-version-stage.ts";
import { validateResourcePolicy } from "./operations/validate-resource-policy.ts";
import { secretsPort } from "./port.ts";
import { resourcePolicy } from "./resources/resource-policy.ts";
import { rotationSchedule } from "./resources/rotation-schedule.ts";
import { secret } from "./resources/secret.ts";
import { secretTargetAttachment } from "./resources/secret-target-attachment.ts";
import { tables } from "./store.ts";
import { deleteSecret as deleteSecretWorker } from "./workers/delete-secret.ts";
import { rotate } from "./workers/rotate.ts";

export const service = defineService<typeof tables>({
  name: "secretsmanager",
  tables,
  operations: {
    BatchGetSecretValue: batchGetSecretValue,
    CancelRotateSecret: cancelRotateSecret,
    CreateSecret: createSecret,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteSecret: deleteSecret,
    DescribeSecret: describeSecret,
    GetRandomPassword: getRandomPassword,
    GetResourcePolicy: getResourcePolicy,
    GetSecretValue: getSecretValue,
    ListSecretVersionIds: listSecretVersionIds,
    ListSecrets: listSecrets,
    PutResourcePolicy: putResourcePolicy,
    PutSecretValue: putSecretValue,
    RestoreSecret: restoreSecret,
    RotateSecret: rotateSecret,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateSecret: updateSecret,
    UpdateSecretVersionStage: updateSecretVersionStage,
    ValidateResourcePolicy: validateResourcePolicy,
  },
  access,
  workers: { deleteSecret: deleteSecretWorker, rotate },
  resources: [resourcePolicy, rotationSchedule, secret, secretTargetAttachment],
  provides: { secrets: secretsPort },
});
