// Lists the keys of a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html

import type { ListAccessKeysInput, ListAccessKeysOutput } from "../../../../models/iam.d.ts";
import { ownKeys } from "../../rules/access-keys.ts";
import { userOrCaller } from "../../rules/holders.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listAccessKeys = operation<ListAccessKeysInput, ListAccessKeysOutput>((input, context) => {
  const user = userOrCaller(context, input.UserName);
  const { items, facts } = pageOf(ownKeys(context, user.UserName), input);
  const AccessKeyMetadata = items.map((key) => ({
    UserName: user.UserName,
    AccessKeyId: key.AccessKeyId,
    Status: key.Status,
    CreateDate: new Date(key.created),
  }));
  return { AccessKeyMetadata, ...facts };
});
