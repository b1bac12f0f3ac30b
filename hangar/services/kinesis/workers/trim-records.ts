// Runs when a stream's oldest record has outlived its retention.

import { trimStream } from "../engine/trim-stream.ts";
import type { KinesisContext } from "../store.ts";

export function trimRecords(data: { readonly account: string; readonly name: string }, context: KinesisContext): void {
  const store = data.account === context.account ? context.store : context.storeAt(data.account, context.region);
  const stream = store.streams.get(data.name);
  store.timers.delete(data.name);
  if (stream !== undefined) trimStream(context, { stream, store });
}
