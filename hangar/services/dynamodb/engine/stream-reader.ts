// Reads streams: their descriptions, shards and records, as the Streams API has them.

import type { TableStream, TableStreamRecord } from "../../../ports/table-streams.ts";
import type { DynamoContext, DynamoStore, ShardRow, StreamRecordRow, StreamRow } from "../store.ts";
import { isThere, KEPT_FOR, rolled } from "./stream-shards.ts";
import { trimmedLater } from "./stream-trimmer.ts";
import { recordKey } from "./stream-writer.ts";

const MAX_BYTES = 1_048_576;

/** Digits after a record's own number: no two streams of AWS count alike. */
const OFFSET = 20;

/** 21 digits or more, as AWS's: numbers, whose texts do not sort. */
export function sequenceNumber(stream: StreamRow, number: number): string {
  return `${number}${String(stream.created).slice(-10).padStart(OFFSET, "0")}`;
}

/** NaN for what is no number. */
export function numberOf(sequence: string): number {
  return /^\d+$/.test(sequence) ? Number(sequence.slice(0, -OFFSET)) : Number.NaN;
}

/** A stream that is there, its shards as of now: a disabled one stays for a day. */
export function liveStream(context: DynamoContext, store: DynamoStore, arn: string): StreamRow | undefined {
  const stream = store.streams.get(arn);
  if (stream === undefined) return undefined;
  if (stream.disabledAt !== undefined) return context.clock.now() - stream.disabledAt >= KEPT_FOR ? undefined : stream;
  const current = rolled(stream, context);
  if (current !== stream) store.streams.put(arn, trimmedLater(current, context));
  return current;
}

export function describeStream(stream: StreamRow, now: number): TableStream {
  return {
    StreamArn: stream.arn,
    StreamLabel: stream.label,
    StreamStatus: stream.enabled ? "ENABLED" : "DISABLED",
    StreamViewType: stream.viewType,
    CreationRequestDateTime: new Date(stream.created),
    TableName: stream.table,
    KeySchema: stream.keys,
    Shards: stream.shards
      .filter((shard) => isThere(shard, now))
      .map((shard) => ({
        ShardId: shard.id,
        SequenceNumberRange: {
          StartingSequenceNumber: sequenceNumber(stream, shard.first),
          ...(shard.last !== undefined && { EndingSequenceNumber: sequenceNumber(stream, shard.last) }),
        },
        ...(shard.parent !== undefined && { ParentShardId: shard.parent }),
      })),
  };
}

export function shardOf(stream: StreamRow, id: string, now: number): ShardRow | undefined {
  return stream.shards.find((shard) => shard.id === id && isThere(shard, now));
}

/** Where a shard begins now: after the last record that is trimmed. */
export function horizon(store: DynamoStore, shard: ShardRow, now: number): number {
  let first = shard.trimmed === undefined ? shard.first : shard.trimmed + 1;
  for (const record of store.streamRecords.rows({ prefix: `${shard.id}\u0000` })) {
    if (now - record.at < KEPT_FOR) break;
    first = record.number + 1;
  }
  return first;
}

/** The number after all that a shard holds. */
export function endOf(stream: StreamRow, shard: ShardRow): number {
  return (shard.last ?? stream.next - 1) + 1;
}

export type ShardRead = { readonly rows: readonly StreamRecordRow[]; readonly next: number; readonly end: boolean };

/** Records of a shard from a number on. */
export function readShard(
  store: DynamoStore,
  stream: StreamRow,
  shard: ShardRow,
  { next, limit }: { readonly next: number; readonly limit: number },
): ShardRead {
  const rows: StreamRecordRow[] = [];
  let bytes = 0;
  for (const row of store.streamRecords.rows({
    from: recordKey(shard.id, Math.max(next, shard.first)),
    to: recordKey(shard.id, endOf(stream, shard)),
  })) {
    if (rows.length === limit || (rows.length > 0 && bytes + row.size > MAX_BYTES))
      return { rows, next: row.number, end: false };
    rows.push(row);
    bytes += row.size;
  }
  return { rows, next: Math.max(next, endOf(stream, shard)), end: shard.last !== undefined };
}

export function showRecord(stream: StreamRow, row: StreamRecordRow): TableStreamRecord {
  return {
    eventID: row.id,
    eventName: row.event,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: stream.region,
    dynamodb: {
      // Whole seconds, as DynamoDB gives them.
      ApproximateCreationDateTime: new Date(Math.floor(row.at / 1000) * 1000),
      Keys: row.keys,
      NewImage: row.newImage,
      OldImage: row.oldImage,
      SequenceNumber: sequenceNumber(stream, row.number),
      SizeBytes: row.size,
      StreamViewType: stream.viewType,
    },
    userIdentity: row.byTtl === true ? { PrincipalId: "dynamodb.amazonaws.com", Type: "Service" } : undefined,
  };
}
