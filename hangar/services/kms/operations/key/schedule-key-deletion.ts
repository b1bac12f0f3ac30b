// Deletes a key when a waiting period ends. https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html

import type { ScheduleKeyDeletionInput, ScheduleKeyDeletionOutput } from "../../../../models/kms.d.ts";
import { unsupported, validationException } from "../../errors.ts";
import { checkNotPending, ownKey, putKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const scheduleKeyDeletion = operation<ScheduleKeyDeletionInput, ScheduleKeyDeletionOutput>((input, context) => {
  const key = ownKey(context, input.KeyId);
  if (key.manager === "AWS") throw unsupported(`${key.arn} is an AWS managed key, which cannot be deleted.`);
  checkNotPending(key);
  const days = input.PendingWindowInDays ?? 30;
  if (days < 7 || days > 30)
    throw validationException(
      `1 validation error detected: Value '${days}' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value ${days < 7 ? "greater than or equal to 7" : "less than or equal to 30"}`,
    );
  const at = context.clock.now() + days * 86_400_000;
  const work = context.scheduler.at(at, "kms.deleteKey", { id: key.id });
  putKey(context, { ...key, state: "PendingDeletion", deletion: { at, days, work } });
  return { KeyId: key.arn, DeletionDate: new Date(at), KeyState: "PendingDeletion", PendingWindowInDays: days };
});
