// Deletes a key; calls signed with it are refused from then on. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html

import type { DeleteAccessKeyInput } from "../../../../models/iam.d.ts";
import { keyOf, putKey } from "../../rules/access-keys.ts";
import { operation } from "../../store.ts";

export const deleteAccessKey = operation<DeleteAccessKeyInput, void>((input, context) => {
  const key = keyOf(context, input.AccessKeyId, input.UserName);
  putKey(context, { ...key, deleted: true });
});
