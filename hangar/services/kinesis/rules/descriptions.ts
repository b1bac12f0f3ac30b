// Streams, shards, records and consumers as the API shows them.

import type { ChildShard, Consumer, Record as KinesisRecord, Shard } from "../../../models/kinesis.d.ts";
import type { ConsumerRow, RecordRow, ShardRow, StreamRow } from "../store.ts";
import { decimalOf } from "./hash-key.ts";
import { lastSequenceNumber, sequenceNumber } from "./sequence-number.ts";
import { shardId } from "./shard-id.ts";

export function showStream(stream: StreamRow) {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: "ACTIVE",
    StreamModeDetails: { StreamMode: stream.mode },
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: new Date(stream.created),
    EnhancedMonitoring: [{ ShardLevelMetrics: stream.metrics }],
    ...encryptionOf(stream),
  };
}

function encryptionOf({ encryption }: StreamRow) {
  return encryption === undefined ? { EncryptionType: "NONE" } : { EncryptionType: "KMS", KeyId: encryption.keyId };
}

export function showShard(shard: ShardRow): Shard {
  const [parent, adjacent] = shard.parents;
  return {
    ShardId: shardId(shard.index),
    ...(parent === undefined ? {} : { ParentShardId: shardId(parent) }),
    ...(adjacent === undefined ? {} : { AdjacentParentShardId: shardId(adjacent) }),
    HashKeyRange: hashKeyRange(shard),
    SequenceNumberRange: {
      StartingSequenceNumber: sequenceNumber({
        epoch: shard.epoch,
        number: 0,
        at: shard.epoch,
        shard: shard.index,
      }),
      ...(shard.closed === undefined
        ? {}
        : { EndingSequenceNumber: lastSequenceNumber(shard.epoch, shard.closed, shard.index) }),
    },
  };
}

export function showChild(shard: ShardRow): ChildShard {
  return { ShardId: shardId(shard.index), ParentShards: shard.parents.map(shardId), HashKeyRange: hashKeyRange(shard) };
}

function hashKeyRange({ start, end }: ShardRow) {
  return { StartingHashKey: decimalOf(start), EndingHashKey: decimalOf(end) };
}

export function sequenceOf(shard: ShardRow, { number, at }: { readonly number: number; readonly at: number }): string {
  return sequenceNumber({ epoch: shard.epoch, number, at, shard: shard.index });
}

export function showRecord(shard: ShardRow, record: RecordRow): KinesisRecord {
  return {
    SequenceNumber: sequenceOf(shard, record),
    ApproximateArrivalTimestamp: new Date(record.at),
    Data: record.data,
    ...(record.partitionKey === undefined ? {} : { PartitionKey: record.partitionKey }),
    ...(record.dataKey === undefined ? {} : { EncryptionType: "KMS" }),
  };
}

export function showConsumer({ name, arn, created }: ConsumerRow): Consumer {
  return {
    ConsumerName: name,
    ConsumerARN: arn,
    ConsumerStatus: "ACTIVE",
    ConsumerCreationTimestamp: new Date(created),
  };
}
