// Says which account an access key id belongs to. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html

import type { GetAccessKeyInfoInput, GetAccessKeyInfoOutput } from "../../../models/sts.d.ts";
import { validationError } from "../errors.ts";
import { accountOfKeyId } from "../rules/key-account.ts";
import { operation } from "../store.ts";

export const getAccessKeyInfo = operation<GetAccessKeyInfoInput, GetAccessKeyInfoOutput>(({ AccessKeyId }) => {
  const account = accountOfKeyId(AccessKeyId);
  if (account === undefined) throw validationError(`Invalid access key id: ${AccessKeyId}`);
  return { Account: account };
});
