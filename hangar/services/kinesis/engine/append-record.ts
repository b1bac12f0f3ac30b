// Appends records to the shards their hash keys fall into.

import type { Principal } from "../../../cloud/operation.ts";
import { brokenConstraint, invalidArgument, kmsRefusal } from "../errors.ts";
import { hashOf, hexOf } from "../rules/hash-key.ts";
import { bytesOf } from "../rules/record-size.ts";
import { sequenceOf } from "../rules/descriptions.ts";
import { shardId } from "../rules/shard-id.ts";
import { recordKey, shardKey, type KinesisContext, type Place, type StreamRow } from "../store.ts";
import { openAt } from "./reshard.ts";
import { keepTrimming } from "./trim-stream.ts";

export type NewRecord = {
  readonly Data: Uint8Array;
  readonly PartitionKey?: string | undefined;
  readonly ExplicitHashKey?: string | undefined;
};

export type Written = { readonly ShardId: string; readonly SequenceNumber: string };

/** The hash key of a record; `path` is where messages say it stands, such as `records.1.member.`. */
export function placing({ ids }: KinesisContext, stream: StreamRow, record: NewRecord, path = ""): string {
  const size = bytesOf(record.Data, record.PartitionKey);
  const most = stream.maxRecordKiB * 1024;
  if (size > most) throw brokenConstraint(`${path}data`, `Member must have length less than or equal to ${most}`);
  if (stream.distribution === "AUTO") return ids.hex(32);
  if (record.PartitionKey === undefined) throw brokenConstraint(`${path}partitionKey`, "Member must not be null");
  if (record.ExplicitHashKey === undefined) return hashOf(record.PartitionKey);
  const hash = hexOf(record.ExplicitHashKey);
  if (hash === undefined)
    throw invalidArgument(
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${record.ExplicitHashKey}`,
    );
  return hash;
}

export function append(
  context: KinesisContext,
  place: Place,
  { Data, PartitionKey }: NewRecord,
  { hash, dataKey }: { readonly hash: string; readonly dataKey: Uint8Array | undefined },
): Written {
  const { store, stream } = place;
  const shard = openAt(place, hash);
  const counter = shardKey(stream.name, shard.index);
  const number = store.next.get(counter) ?? 1;
  const row = {
    number,
    at: context.clock.now(),
    // A copy: what came in may be a slice of a whole request.
    data: new Uint8Array(Data),
    ...(PartitionKey === undefined ? {} : { partitionKey: PartitionKey }),
    ...(dataKey === undefined ? {} : { dataKey }),
  };
  store.next.put(counter, number + 1);
  store.records.put(recordKey(stream.name, shard.index, number), row);
  keepTrimming(context, place);
  const written = { ShardId: shardId(shard.index), SequenceNumber: sequenceOf(shard, row) };
  context.world.trace.remember(`${written.ShardId}:${written.SequenceNumber}`, context.span);
  return written;
}

/** A data key from KMS for what an encrypted stream is given: the key must be usable, and the caller allowed to. */
export async function newDataKey(
  context: KinesisContext,
  stream: StreamRow,
  as?: Principal,
): Promise<Uint8Array | undefined> {
  if (stream.encryption === undefined) return undefined;
  const use = { keyId: stream.encryption.keyId, context: { "aws:kinesis:arn": stream.arn }, as };
  try {
    return (await context.ports.keys.generateDataKey(use)).ciphertext;
  } catch (error) {
    throw kmsRefusal(error);
  }
}

export async function openDataKey(context: KinesisContext, stream: StreamRow, dataKey: Uint8Array): Promise<void> {
  try {
    await context.ports.keys.decrypt(dataKey, { context: { "aws:kinesis:arn": stream.arn } });
  } catch (error) {
    throw kmsRefusal(error);
  }
}
