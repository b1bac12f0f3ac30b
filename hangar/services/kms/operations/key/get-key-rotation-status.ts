// Says whether and when a key is rotated. https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html

import type { GetKeyRotationStatusInput, GetKeyRotationStatusOutput } from "../../../../models/kms.d.ts";
import { checkNotPending, findKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const getKeyRotationStatus = operation<GetKeyRotationStatusInput, GetKeyRotationStatusOutput>(
  (input, context) => {
    const key = findKey(context, input.KeyId);
    checkNotPending(key);
    const { rotation } = key;
    if (rotation === undefined) return { KeyId: key.id, KeyRotationEnabled: false };
    return {
      KeyId: key.id,
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotation.days,
      NextRotationDate: new Date(rotation.next),
    };
  },
);
