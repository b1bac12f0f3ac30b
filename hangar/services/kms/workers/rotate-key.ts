// Gives a key new material when its rotation period ends, and waits for the next.

import { putKey } from "../rules/find-key.ts";
import { rotated, withRotation } from "../rules/rotation.ts";
import type { KmsContext } from "../store.ts";

export function rotateKey({ id }: { readonly id: string }, context: KmsContext): void {
  const key = context.store.keys.get(id);
  if (key?.rotation === undefined || key.state === "PendingDeletion") return;
  const renewed = key.state === "Enabled" ? rotated(context, key, "AUTOMATIC") : key;
  putKey(context, withRotation(context, renewed, key.rotation.days));
}
