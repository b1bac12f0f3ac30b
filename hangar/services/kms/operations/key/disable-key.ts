// Keeps a key from being used. https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html

import type { DisableKeyInput } from "../../../../models/kms.d.ts";
import { checkNotPending, ownKey, putKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const disableKey = operation<DisableKeyInput, void>((input, context) => {
  const key = ownKey(context, input.KeyId);
  checkNotPending(key);
  putKey(context, { ...key, state: "Disabled" });
});
