// Removes the backup of a deleted table when its time is over.

import { dropBackup } from "../engine/backups.ts";
import type { DynamoContext } from "../store.ts";

export function expireBackup({ arn }: { readonly arn: string }, { store }: DynamoContext): void {
  const backup = store.backups.get(arn);
  if (backup !== undefined) dropBackup(store, backup);
}
