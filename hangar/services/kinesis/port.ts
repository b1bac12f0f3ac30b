// What Kinesis gives the house: shards to event source mappings, writes to DynamoDB, and deliveries by ARN.

import type { Caller, Principal } from "../../cloud/operation.ts";
import { parseArn } from "../../kernel/arn.ts";
import type { DataStreamsPort } from "../../ports/data-streams.ts";
import type { StreamRecord, StreamsPort } from "../../ports/streams.ts";
import type { DeliveryOptions } from "../../ports/targets.ts";
import { append, newDataKey, placing } from "./engine/append-record.ts";
import { findConsumer, findShard, findStream, storeOf, streamNamed, streamOfArn } from "./engine/find-stream.ts";
import { livingShards } from "./engine/list-shards.ts";
import { firstAt, horizon, readShard, tail } from "./engine/read-shard.ts";
import { streamNotFound } from "./errors.ts";
import { putRecord } from "./operations/put-record.ts";
import { sequenceOf } from "./rules/descriptions.ts";
import { parseSequenceNumber } from "./rules/sequence-number.ts";
import { shardId } from "./rules/shard-id.ts";
import { topicOf, type KinesisContext, type Place, type RecordRow, type ShardPlace } from "./store.ts";

/** Consumers act for a role that was checked when they were set up; reading is not checked again, batch by batch. */
export function dataStreamsPort(context: KinesisContext): DataStreamsPort {
  const { clock } = context;
  return {
    async exists(arn) {
      const named = streamOfArn(arn);
      return named !== undefined && streamNamed(context, named) !== undefined;
    },
    async shards(arn) {
      const shards = livingShards(placeOf(context, arn), clock.now());
      return shards.map((shard) => ({
        shardId: shardId(shard.index),
        parent: shard.parents[0] === undefined ? undefined : shardId(shard.parents[0]),
        adjacentParent: shard.parents[1] === undefined ? undefined : shardId(shard.parents[1]),
        closed: shard.closed !== undefined,
      }));
    },
    async read(arn, id, position, as) {
      const place = findShard(placeOf(context, arn), id);
      const from = startOf(place, position, clock.now());
      const { records, next } = readShard(place, from, position.limit, clock.now());
      const role = "roleArn" in as && typeof as.roleArn === "string" ? as.roleArn : undefined;
      const last = records.at(-1) ?? { number: next - 1, at: clock.now() };
      return {
        records: records.map((record) => eventRecord(place, record, role)),
        next: records.length === 0 ? (position.after ?? sequenceOf(place.shard, last)) : sequenceOf(place.shard, last),
      };
    },
    async put(arn, records) {
      const dataKey = await newDataKey(context, homeOf(context, arn).stream, linkedRole(arn));
      const place = homeOf(context, arn);
      for (const { data, partitionKey } of records) {
        const record = { Data: data, PartitionKey: partitionKey };
        append(context, place, record, { hash: placing(context, place.stream, record), dataKey });
      }
      context.scheduler.wake(topicOf(place.stream));
    },
  };
}

/** Writers may work for a table of another region. */
function homeOf(context: KinesisContext, arn: string): Place {
  const named = streamOfArn(arn);
  const store = named === undefined ? undefined : storeOf(context, named);
  const stream = store?.streams.get(named?.name ?? "");
  if (store === undefined || stream === undefined) throw streamNotFound(named?.name ?? arn, named?.account ?? "");
  return { stream, store };
}

/** DynamoDB writes as its service-linked role, which may use the account's keys through Kinesis: a Caller and a Principal in one. */
function linkedRole(streamArn: string): Principal {
  const account = streamOfArn(streamArn)?.account ?? "";
  const root: Caller = {
    kind: "root",
    account,
    arn: `arn:aws:iam::${account}:root`,
    userId: account,
    via: "kinesis.amazonaws.com",
  };
  return { ...root, service: "dynamodb.amazonaws.com" };
}

function placeOf(context: KinesisContext, arn: string): Place {
  if (streamOfArn(arn) === undefined) throw streamNotFound(arn, context.account);
  if (!arn.includes("/consumer/")) return findStream(context, { StreamARN: arn });
  return findStream(context, { StreamARN: findConsumer(context, { ConsumerARN: arn }).consumer.streamArn });
}

function startOf(place: ShardPlace, { after, start }: Parameters<StreamsPort["read"]>[2], now: number): number {
  if (after !== undefined) return (parseSequenceNumber(after)?.number ?? 0) + 1;
  if (start === "LATEST") return tail(place);
  return firstAt(place, typeof start === "object" ? start.timestamp : horizon(place.stream, now));
}

/** As a Lambda event has it, but for the mapping's own eventSourceARN. */
function eventRecord(place: ShardPlace, record: RecordRow, role: string | undefined): StreamRecord {
  const sequenceNumber = sequenceOf(place.shard, record);
  return {
    sequenceNumber,
    approximateArrival: record.at,
    record: {
      kinesis: {
        kinesisSchemaVersion: "1.0",
        ...(record.partitionKey === undefined ? {} : { partitionKey: record.partitionKey }),
        sequenceNumber,
        data: Buffer.from(record.data).toString("base64"),
        approximateArrivalTimestamp: record.at / 1000,
      },
      eventSource: "aws:kinesis",
      eventVersion: "1.0",
      eventID: `${shardId(place.shard.index)}:${sequenceNumber}`,
      eventName: "aws:kinesis:record",
      ...(role === undefined ? {} : { invokeIdentityArn: role }),
    },
  };
}

/** A delivery is a PutRecord by the role it was given: the partition key is the caller's, or the event's id. */
export async function deliver(
  arn: string,
  event: string,
  options: DeliveryOptions,
  context: KinesisContext,
): Promise<void> {
  const { account = context.account, region = context.region } = parseArn(arn) ?? {};
  const { as, roleArn, parameters } = options;
  const caller: Caller | typeof as =
    roleArn === undefined ? as : context.ports.access.roleCaller(roleArn, as.service, "delivery", as.sourceArn);
  const key = parameters?.["PartitionKey"];
  const input = {
    StreamARN: arn,
    Data: Buffer.from(event, "utf8"),
    PartitionKey: typeof key === "string" && key !== "" ? key : context.ids.uuid(),
  };
  await context.call(putRecord as never, input, { as: caller, account, region });
}
