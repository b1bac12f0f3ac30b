// Describes a key anew. https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html

import type { UpdateKeyDescriptionInput } from "../../../../models/kms.d.ts";
import { checkNotPending, ownKey, putKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const updateKeyDescription = operation<UpdateKeyDescriptionInput, void>((input, context) => {
  const key = ownKey(context, input.KeyId);
  checkNotPending(key);
  putKey(context, { ...key, description: input.Description });
});
