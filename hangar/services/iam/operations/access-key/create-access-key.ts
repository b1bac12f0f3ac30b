// Creates a key pair for a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html

import type { CreateAccessKeyInput, CreateAccessKeyOutput } from "../../../../models/iam.d.ts";
import { limitExceeded } from "../../errors.ts";
import { ownKeys, putKey } from "../../rules/access-keys.ts";
import { userOrCaller } from "../../rules/holders.ts";
import { accessKeyId, SECRET_ALPHABET } from "../../rules/key-ids.ts";
import { type AccessKey, operation } from "../../store.ts";

export const createAccessKey = operation<CreateAccessKeyInput, CreateAccessKeyOutput>((input, context) => {
  const user = userOrCaller(context, input.UserName);
  if (ownKeys(context, user.UserName).length >= 2) throw limitExceeded("Cannot exceed quota for AccessKeysPerUser: 2");
  const key: AccessKey = {
    AccessKeyId: accessKeyId("AKIA", context.account, context.ids.bytes(5)),
    SecretAccessKey: context.ids.text(SECRET_ALPHABET, 40),
    account: context.account,
    userName: user.UserName,
    Status: "Active",
    created: context.clock.seconds() * 1000,
  };
  putKey(context, key);
  return {
    AccessKey: {
      UserName: user.UserName,
      AccessKeyId: key.AccessKeyId,
      Status: key.Status,
      SecretAccessKey: key.SecretAccessKey,
      CreateDate: new Date(key.created),
    },
  };
});
