// Rotates a key now. https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html

import type { RotateKeyOnDemandInput, RotateKeyOnDemandOutput } from "../../../../models/kms.d.ts";
import { limitExceeded } from "../../errors.ts";
import { ownKey, putKey } from "../../rules/find-key.ts";
import { checkRotatable, rotated } from "../../rules/rotation.ts";
import { operation } from "../../store.ts";

export const rotateKeyOnDemand = operation<RotateKeyOnDemandInput, RotateKeyOnDemandOutput>((input, context) => {
  const key = ownKey(context, input.KeyId);
  checkRotatable(key);
  if (key.rotations.filter((rotation) => rotation.type === "ON_DEMAND").length >= 25) {
    throw limitExceeded(
      `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${key.arn}`,
    );
  }
  putKey(context, rotated(context, key, "ON_DEMAND"));
  return { KeyId: key.id };
});
