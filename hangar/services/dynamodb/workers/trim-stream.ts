// Releases what a stream has kept for a day.

import { trimStream as trim } from "../engine/stream-trimmer.ts";
import type { DynamoContext } from "../store.ts";

export function trimStream(data: { readonly arn: string }, context: DynamoContext): void {
  trim(context, context.store, data.arn);
}
