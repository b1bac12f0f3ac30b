// ParallelizationFactor: a shard is read in lanes, each with the items that fall to it and a place of its own.
// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html

import type { StreamRecord } from "../../../ports/streams.ts";
import type { CursorRow, MappingRow } from "../store.ts";

export const FRESH: CursorRow = { after: undefined, attempts: 0, finished: false };

export function laneCount({ ParallelizationFactor: factor }: MappingRow): number {
  return factor ?? 1;
}

export function cursorKey(uuid: string, shardId: string, lane: number): string {
  return lane === 0 ? `${uuid}/${shardId}` : `${uuid}/${shardId}#${lane}`;
}

/** Changes of one item, or records of one partition key, share a lane: their order is kept. */
export function laneOf({ record }: StreamRecord, lanes: number): number {
  if (lanes === 1) return 0;
  const { dynamodb, kinesis } = record as {
    readonly dynamodb?: { readonly Keys?: unknown };
    readonly kinesis?: { readonly partitionKey?: unknown };
  };
  const key = JSON.stringify(dynamodb?.Keys ?? kinesis?.partitionKey ?? null);
  let hash = 0;
  for (let index = 0; index < key.length; index += 1) hash = (Math.imul(hash, 31) + key.charCodeAt(index)) >>> 0;
  return hash % lanes;
}

/** Sequence numbers are numbers longer than JavaScript's own. */
export function isLater(left: string, right: string): boolean {
  return left.length === right.length ? left > right : BigInt(left) > BigInt(right);
}

/** Where the lanes of one shard have all come to: from there new lanes begin, and some records may come again. */
export function commonCursor(cursors: readonly CursorRow[]): CursorRow {
  const [first = FRESH, ...rest] = cursors;
  let { after } = first;
  for (const { after: other } of rest)
    after = after === undefined || other === undefined ? undefined : isLater(after, other) ? other : after;
  return { ...FRESH, after, finished: cursors.length > 0 && cursors.every((cursor) => cursor.finished) };
}
