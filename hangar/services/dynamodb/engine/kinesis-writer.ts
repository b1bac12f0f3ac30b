// Puts changes in line for a table's Kinesis stream; scheduled work sends them, in order.

import { hash } from "node:crypto";
import { itemSize } from "../rules/item-size.ts";
import { keyOf } from "../rules/item-key.ts";
import { liveDestination } from "../rules/kinesis-destination.ts";
import type { OutgoingRow } from "../rules/kinesis-record.ts";
import type { TableSchema } from "../rules/table-schema.ts";
import type { DynamoContext, DynamoStore, TableRow } from "../store.ts";
import type { ItemChange } from "./write-item.ts";

export const KINESIS_WORK = "dynamodb.stream-to-kinesis";

type Place = { readonly table: TableRow; readonly schema: TableSchema; readonly store: DynamoStore };

export function sendToKinesis(context: DynamoContext, { table, schema, store }: Place, change: ItemChange): void {
  const destination = liveDestination(table);
  if (destination === undefined) return;
  const { key, before, after, byTtl } = change;
  const keys = keyOf(schema, (after ?? before)?.item ?? {});
  const { streamArn: stream, precision } = destination;
  const row: OutgoingRow = {
    table: table.name,
    at: context.clock.now(),
    id: context.ids.uuid(),
    event: after === undefined ? "REMOVE" : before === undefined ? "INSERT" : "MODIFY",
    keys,
    newImage: after?.item,
    oldImage: before?.item,
    size: itemSize(keys) + (after?.size ?? 0) + (before?.size ?? 0),
    // One item's changes stay in one shard, and so in order.
    partitionKey: hash("md5", key, "hex"),
    ...(byTtl === undefined ? {} : { byTtl }),
    ...(precision === undefined ? {} : { precision }),
  };
  const last = store.outgoing.first({ prefix: outgoingKey(stream), reverse: true })?.[0];
  const number = last === undefined ? 1 : Number(last.slice(outgoingKey(stream).length)) + 1;
  store.outgoing.put(outgoingKey(stream, number), row);
  // Work is on its way already where others wait.
  if (last === undefined)
    context.scheduler.later(KINESIS_WORK, { account: table.account, region: table.region, stream });
}

/** Without a number: the start of the keys of all that waits for the stream. */
export function outgoingKey(stream: string, number?: number): string {
  return `${stream}\u0000${number === undefined ? "" : String(number).padStart(16, "0")}`;
}
