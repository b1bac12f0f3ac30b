// The RSA keys that a pool's tokens are signed with: real ones, under ids of each pool's own.

import { processKeys, type SigningKeyRow } from "../../../kernel/json-web-token.ts";
import type { Place } from "../store.ts";

type KeySet = readonly [SigningKeyRow, SigningKeyRow];

/** Of id tokens and of access tokens. Forks and snapshots keep the rows, so that what was signed stays good. */
export async function keySetOf({ pool, store, context }: Place): Promise<KeySet> {
  const kept = store.signingKeys.get(pool.id);
  if (kept !== undefined) return kept;
  const [forIds, forAccess] = await processKeys();
  // Another call may have come first while the keys were made.
  const row = store.signingKeys.get(pool.id) ?? [
    { kid: kidOf(context.ids.bytes(32)), privateKey: forIds },
    { kid: kidOf(context.ids.bytes(32)), privateKey: forAccess },
  ];
  store.signingKeys.put(pool.id, row);
  return row;
}

function kidOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
