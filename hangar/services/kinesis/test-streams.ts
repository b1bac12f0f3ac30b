// What the suites of Kinesis share: streams, and records written into them and read again.

import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  type GetShardIteratorCommandInput,
  type ListShardsCommandInput,
  type Shard,
  type _Record,
} from "@aws-sdk/client-kinesis";
import { expect } from "vitest";

export const ACCOUNT = "000000000000";

export const arnOf = (name: string): string => `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${name}`;

export const failure = (name: string, message: string): unknown => expect.objectContaining({ name, message });

export const text = (records: readonly _Record[] | undefined): string[] =>
  (records ?? []).map((record) => Buffer.from(record.Data ?? []).toString());

export async function create(kinesis: KinesisClient, StreamName: string, ShardCount = 1): Promise<string> {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  return StreamName;
}

export async function put(
  kinesis: KinesisClient,
  StreamName: string,
  data: string,
  PartitionKey = "p",
): Promise<string> {
  const { SequenceNumber = "" } = await kinesis.send(
    new PutRecordCommand({ StreamName, Data: Buffer.from(data), PartitionKey }),
  );
  return SequenceNumber;
}

export async function shards(
  kinesis: KinesisClient,
  StreamName: string,
  more: Partial<ListShardsCommandInput> = {},
): Promise<Shard[]> {
  return (await kinesis.send(new ListShardsCommand({ StreamName, ...more }))).Shards ?? [];
}

export async function iterator(
  kinesis: KinesisClient,
  StreamName: string,
  more: Partial<GetShardIteratorCommandInput> = {},
): Promise<string | undefined> {
  const input = { StreamName, ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" as const, ...more };
  return (await kinesis.send(new GetShardIteratorCommand(input))).ShardIterator;
}

export async function read(
  kinesis: KinesisClient,
  StreamName: string,
  more: Partial<GetShardIteratorCommandInput> = {},
): Promise<string[]> {
  const ShardIterator = await iterator(kinesis, StreamName, more);
  return text((await kinesis.send(new GetRecordsCommand({ ShardIterator }))).Records);
}
