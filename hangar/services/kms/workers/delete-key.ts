// Deletes a key, its aliases and its grants when its waiting period ends.

import { aliasesOf } from "../rules/find-key.ts";
import { grantsOf, removeGrant } from "../rules/grants.ts";
import type { KmsContext } from "../store.ts";

export function deleteKey({ id }: { readonly id: string }, context: KmsContext): void {
  const key = context.store.keys.get(id);
  if (key?.state !== "PendingDeletion") return;
  for (const alias of aliasesOf(context, key)) context.store.aliases.delete(alias.name);
  for (const grant of grantsOf(context, key)) removeGrant(context, key, grant.id);
  context.store.keys.delete(id);
}
