// Lets a key be used again. https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html

import type { EnableKeyInput } from "../../../../models/kms.d.ts";
import { checkNotPending, ownKey, putKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const enableKey = operation<EnableKeyInput, void>((input, context) => {
  const key = ownKey(context, input.KeyId);
  checkNotPending(key);
  putKey(context, { ...key, state: "Enabled" });
});
