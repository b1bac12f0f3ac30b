// KMS: keys that encrypt, sign and authenticate for real, under their own policies.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { aliasOperations } from "./contents/alias.ts";
import { cryptoOperations } from "./contents/crypto.ts";
import { grantOperations } from "./contents/grant.ts";
import { keyOperations } from "./contents/key.ts";
import { keysPort } from "./port.ts";
import { alias } from "./resources/alias.ts";
import { key } from "./resources/key.ts";
import { tables } from "./store.ts";
import { deleteKey } from "./workers/delete-key.ts";
import { rotateKey } from "./workers/rotate-key.ts";

export const service = defineService<typeof tables>({
  name: "kms",
  tables,
  operations: { ...aliasOperations, ...cryptoOperations, ...grantOperations, ...keyOperations },
  access,
  workers: { deleteKey, rotateKey },
  resources: [alias, key],
  provides: { keys: keysPort },
});
