// Reads streams: their descriptions, shards and records, as the Streams API has them.

import type { TableStream, TableStreamRecord } from "../../../ports/table-streams.ts";
import type { DynamoStore, ShardRow, StreamRecordRow, StreamRow } from "../store.ts";
import { KEPT_FOR, recordKey } from "./stream-writer.ts";

const MAX_BYTES = 1_048_576;

/** 21 digits, so that the order of the texts is the order of the records. */
export function sequenceNumber(number: number): string {
  return `1${String(number).padStart(20, "0")}`;
}

export function numberOf(sequence: string): number {
  return Number(sequence.slice(1));
}

/** A stream that is there: a disabled one stays for a day. */
export function liveStream(store: DynamoStore, arn: string, now: number): StreamRow | undefined {
  const stream = store.streams.get(arn);
  if (stream === undefined || (stream.disabledAt !== undefined && now - stream.disabledAt > KEPT_FOR)) return undefined;
  return stream;
}

export function describeStream(stream: StreamRow): TableStream {
  return {
    StreamArn: stream.arn,
    StreamLabel: stream.label,
    StreamStatus: stream.enabled ? "ENABLED" : "DISABLED",
    StreamViewType: stream.viewType,
    CreationRequestDateTime: new Date(stream.created),
    TableName: stream.table,
    KeySchema: stream.keys,
    Shards: stream.shards.map((shard) => ({
      ShardId: shard.id,
      SequenceNumberRange: {
        StartingSequenceNumber: sequenceNumber(shard.first),
        ...(shard.last !== undefined && { EndingSequenceNumber: sequenceNumber(shard.last) }),
      },
      ...(shard.parent !== undefined && { ParentShardId: shard.parent }),
    })),
  };
}

/** Number of the oldest record that is still kept, or of the next one to come. */
export function horizon(store: DynamoStore, stream: StreamRow, now: number): number {
  for (const record of store.streamRecords.rows({ prefix: `${stream.arn}\u0000` }))
    if (now - record.at < KEPT_FOR) return record.number;
  return stream.next;
}

export type ShardRead = { readonly rows: readonly StreamRecordRow[]; readonly next: number; readonly end: boolean };

/** Records of a shard from a number on. */
export function readShard(
  store: DynamoStore,
  stream: StreamRow,
  shard: ShardRow,
  { next, limit }: { readonly next: number; readonly limit: number },
): ShardRead {
  const last = shard.last ?? stream.next - 1;
  const rows: StreamRecordRow[] = [];
  let bytes = 0;
  let at = Math.max(next, shard.first);
  for (const row of store.streamRecords.rows({
    from: recordKey(stream.arn, at),
    to: recordKey(stream.arn, last + 1),
  })) {
    if (rows.length === limit || (rows.length > 0 && bytes + row.size > MAX_BYTES)) break;
    rows.push(row);
    bytes += row.size;
    at = row.number + 1;
  }
  return { rows, next: at, end: shard.last !== undefined && at > shard.last };
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
      SequenceNumber: sequenceNumber(row.number),
      SizeBytes: row.size,
      StreamViewType: stream.viewType,
    },
    userIdentity: row.byTtl === true ? { PrincipalId: "dynamodb.amazonaws.com", Type: "Service" } : undefined,
  };
}
