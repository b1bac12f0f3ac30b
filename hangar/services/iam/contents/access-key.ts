// The operations of IAM on access keys, by API name.

import { createAccessKey } from "../operations/access-key/create-access-key.ts";
import { deleteAccessKey } from "../operations/access-key/delete-access-key.ts";
import { getAccessKeyLastUsed } from "../operations/access-key/get-access-key-last-used.ts";
import { listAccessKeys } from "../operations/access-key/list-access-keys.ts";
import { updateAccessKey } from "../operations/access-key/update-access-key.ts";

export const accessKeyOperations = {
  CreateAccessKey: createAccessKey,
  DeleteAccessKey: deleteAccessKey,
  GetAccessKeyLastUsed: getAccessKeyLastUsed,
  ListAccessKeys: listAccessKeys,
  UpdateAccessKey: updateAccessKey,
};
