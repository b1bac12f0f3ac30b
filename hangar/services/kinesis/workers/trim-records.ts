// Runs when a stream's oldest record has outlived its retention.

import { trimStream } from "../engine/trim-stream.ts";
import type { KinesisContext } from "../store.ts";

type Trim = { readonly account: string; readonly region: string; readonly name: string };

export function trimRecords({ account, region, name }: Trim, context: KinesisContext): void {
  const store = context.storeAt(account, region);
  const stream = store.streams.get(name);
  store.timers.delete(name);
  if (stream !== undefined) trimStream(context, { stream, store });
}
