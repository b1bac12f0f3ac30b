// Deletes a secret when its recovery window ends, or at once. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html

import type { DeleteSecretInput, DeleteSecretOutput } from "../../../models/secretsmanager.d.ts";
import { invalidParameter } from "../errors.ts";
import { liveSecret, putSecret, removeSecret, secretIfAny } from "../rules/find-secret.ts";
import { operation } from "../store.ts";

export const deleteSecret = operation<DeleteSecretInput, DeleteSecretOutput>((input, context) => {
  const { RecoveryWindowInDays, ForceDeleteWithoutRecovery = false } = input;
  if (RecoveryWindowInDays !== undefined && ForceDeleteWithoutRecovery)
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  const days = RecoveryWindowInDays ?? 30;
  if (days < 7 || days > 30)
    throw invalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
  const now = context.clock.now();
  if (ForceDeleteWithoutRecovery) {
    const gone = secretIfAny(context, input.SecretId);
    // Deleting by force what is not there is no error.
    if (gone === undefined)
      return {
        ARN: input.SecretId.startsWith("arn:")
          ? input.SecretId
          : `arn:aws:secretsmanager:${context.region}:${context.account}:secret:${input.SecretId}`,
        Name: input.SecretId,
        DeletionDate: new Date(now),
      };
    removeSecret(context, gone);
    return { ARN: gone.arn, Name: gone.name, DeletionDate: new Date(now) };
  }
  const secret = liveSecret(context, input.SecretId);
  const at = now + days * 86_400_000;
  const work = context.scheduler.at(at, "secretsmanager.deleteSecret", { name: secret.name });
  putSecret(context, { ...secret, deletion: { marked: now, at, work } });
  return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(at) };
});
