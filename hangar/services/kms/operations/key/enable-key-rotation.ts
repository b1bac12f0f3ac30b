// Has a key rotated every so many days. https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html

import type { EnableKeyRotationInput } from "../../../../models/kms.d.ts";
import { ownKey, putKey } from "../../rules/find-key.ts";
import { checkRotatable, withRotation } from "../../rules/rotation.ts";
import { operation } from "../../store.ts";

export const enableKeyRotation = operation<EnableKeyRotationInput, void>((input, context) => {
  const key = ownKey(context, input.KeyId);
  checkRotatable(key);
  putKey(context, withRotation(context, key, input.RotationPeriodInDays ?? 365));
});
