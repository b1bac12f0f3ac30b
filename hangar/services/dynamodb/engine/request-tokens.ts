// Client request tokens: the same transaction sent again within ten minutes is not run again.

import { createHash } from "node:crypto";
import { idempotentParameterMismatch } from "../errors.ts";
import { encodeRow } from "../../../kernel/row-json.ts";
import type { DynamoContext, DynamoStore } from "../store.ts";

const KEPT = 10 * 60_000;
const REMOVED_AT_ONCE = 4;

export type RequestToken = { readonly key: string; readonly digest: string };

export function tokenOf(token: string, request: unknown): RequestToken {
  return { key: `token\u0000${token}`, digest: createHash("sha256").update(encodeRow(request)).digest("base64") };
}

/** The output of the first run, if there was one. */
export function earlierOutput(
  context: DynamoContext,
  token: RequestToken,
): Readonly<Record<string, unknown>> | undefined {
  const row = context.store.tokens.get(token.key);
  if (row === undefined || context.clock.now() - row.at > KEPT) return undefined;
  if (row.digest !== token.digest) throw idempotentParameterMismatch();
  return row.output;
}

export function rememberToken(
  context: DynamoContext,
  token: RequestToken,
  output: Readonly<Record<string, unknown>>,
): void {
  const { store } = context;
  const at = context.clock.now();
  forgetOld(store, at);
  store.tokens.put(token.key, { at, digest: token.digest, output });
  store.tokens.put(`at\u0000${String(at).padStart(15, "0")}\u0000${token.key}`, { at, digest: token.key, output: {} });
}

function forgetOld(store: DynamoStore, now: number): void {
  for (let count = 0; count < REMOVED_AT_ONCE; count += 1) {
    const oldest = store.tokens.first({ prefix: "at\u0000" });
    if (oldest === undefined || now - oldest[1].at <= KEPT) return;
    const [place, { at, digest: key }] = oldest;
    store.tokens.delete(place);
    if (store.tokens.get(key)?.at === at) store.tokens.delete(key);
  }
}
