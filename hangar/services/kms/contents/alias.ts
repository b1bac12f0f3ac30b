// The operations of KMS on aliases, by API name.

import { createAlias } from "../operations/alias/create-alias.ts";
import { deleteAlias } from "../operations/alias/delete-alias.ts";
import { listAliases } from "../operations/alias/list-aliases.ts";
import { updateAlias } from "../operations/alias/update-alias.ts";

export const aliasOperations = {
  CreateAlias: createAlias,
  DeleteAlias: deleteAlias,
  ListAliases: listAliases,
  UpdateAlias: updateAlias,
};
