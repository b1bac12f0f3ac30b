// Makes a key active or inactive. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html

import type { UpdateAccessKeyInput } from "../../../../models/iam.d.ts";
import { keyOf, putKey } from "../../rules/access-keys.ts";
import { operation } from "../../store.ts";

export const updateAccessKey = operation<UpdateAccessKeyInput, void>((input, context) => {
  const key = keyOf(context, input.AccessKeyId, input.UserName);
  putKey(context, { ...key, Status: input.Status === "Inactive" ? "Inactive" : "Active" });
});
