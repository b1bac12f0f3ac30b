// Stops automatic rotation. https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html

import type { DisableKeyRotationInput } from "../../../../models/kms.d.ts";
import { ownKey, putKey } from "../../rules/find-key.ts";
import { checkRotatable, withoutRotation } from "../../rules/rotation.ts";
import { operation } from "../../store.ts";

export const disableKeyRotation = operation<DisableKeyRotationInput, void>((input, context) => {
  const key = ownKey(context, input.KeyId);
  checkRotatable(key);
  putKey(context, withoutRotation(context, key));
});
