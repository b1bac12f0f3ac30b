// What the suites of consumers share: streams by their ARN, and what arrives at a subscriber.

import {
  CreateStreamCommand,
  type KinesisClient,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
  SubscribeToShardCommand,
  type StartingPosition,
  type SubscribeToShardEventStream,
} from "@aws-sdk/client-kinesis";
import { arnOf } from "./test-streams.ts";

export async function create(kinesis: KinesisClient, StreamName: string, ShardCount = 1): Promise<string> {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  return arnOf(StreamName);
}

export async function register(kinesis: KinesisClient, StreamARN: string, ConsumerName: string): Promise<string> {
  const { Consumer } = await kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName }));
  return Consumer?.ConsumerARN ?? "";
}

export function put(kinesis: KinesisClient, StreamARN: string, data: string): Promise<unknown> {
  return kinesis.send(new PutRecordCommand({ StreamARN, Data: Buffer.from(data), PartitionKey: "p" }));
}

export async function subscribe(
  kinesis: KinesisClient,
  ConsumerARN: string,
  StartingPosition: StartingPosition,
  client = kinesis,
): Promise<AsyncIterator<SubscribeToShardEventStream>> {
  const ShardId = "shardId-000000000000";
  const { EventStream } = await client.send(new SubscribeToShardCommand({ ConsumerARN, ShardId, StartingPosition }));
  if (EventStream === undefined) throw new Error("No stream.");
  return EventStream[Symbol.asyncIterator]();
}
