// Keeps a key that was to be deleted; it is disabled then. https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html

import type { CancelKeyDeletionInput, CancelKeyDeletionOutput } from "../../../../models/kms.d.ts";
import { invalidState } from "../../errors.ts";
import { ownKey, putKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const cancelKeyDeletion = operation<CancelKeyDeletionInput, CancelKeyDeletionOutput>((input, context) => {
  const key = ownKey(context, input.KeyId);
  if (key.deletion === undefined) throw invalidState(`${key.arn} is not pending deletion.`);
  context.scheduler.cancel(key.deletion.work);
  putKey(context, { ...key, state: "Disabled", deletion: undefined });
  return { KeyId: key.arn };
});
