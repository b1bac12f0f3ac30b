// What DynamoDB gives to other services: streams to event source mappings, and all of them to the Streams API.

import { parseArn } from "../../kernel/arn.ts";
import type { StreamRecord, StreamsPort } from "../../ports/streams.ts";
import type { TableStreamsPort } from "../../ports/table-streams.ts";
import {
  describeStream,
  endOf,
  horizon,
  liveStream,
  numberOf,
  readShard,
  sequenceNumber,
  shardOf,
  showRecord,
} from "./engine/stream-reader.ts";
import { streamPolicy } from "./engine/resource-policy.ts";
import { isThere } from "./engine/stream-shards.ts";
import { resourceNamedNotFound } from "./errors.ts";
import { eventItem } from "./rules/event-record.ts";
import type { DynamoContext, DynamoStore, ShardRow, StreamRecordRow, StreamRow } from "./store.ts";

function storeOf(context: DynamoContext, arn: string): DynamoStore {
  const parsed = parseArn(arn);
  return parsed === undefined ? context.store : context.storeAt(parsed.account, parsed.region);
}

type Found = { readonly store: DynamoStore; readonly stream: StreamRow };

function find(context: DynamoContext, arn: string): Found | undefined {
  const store = storeOf(context, arn);
  const stream = liveStream(context, store, arn);
  return stream === undefined ? undefined : { store, stream };
}

export function tableStreamsPort(context: DynamoContext): TableStreamsPort {
  const now = (): number => context.clock.now();
  return {
    async list(tableName) {
      return [...context.store.streams.rows()]
        .filter((row) => tableName === undefined || row.table === tableName)
        .filter((row) => liveStream(context, context.store, row.arn) !== undefined)
        .map((row) => ({ StreamArn: row.arn, TableName: row.table, StreamLabel: row.label }));
    },
    policy: (arn) => streamPolicy(context, arn),
    async describe(arn) {
      const found = find(context, arn);
      return found === undefined ? undefined : describeStream(found.stream, now());
    },
    async position(arn, shardId, position) {
      const found = find(context, arn);
      const shard = found === undefined ? undefined : shardOf(found.stream, shardId, now());
      if (found === undefined || shard === undefined) return undefined;
      const { store, stream } = found;
      const oldest = horizon(store, shard, now());
      if ("start" in position)
        return { next: sequenceNumber(stream, position.start === "LATEST" ? endOf(stream, shard) : oldest) };
      const given = numberOf("at" in position ? position.at : position.after);
      if (!(given >= shard.first && given < endOf(stream, shard))) return "outside";
      const number = "at" in position ? given : given + 1;
      return number < oldest ? "trimmed" : { next: sequenceNumber(stream, number) };
    },
    async records(arn, shardId, { next, limit }) {
      const found = find(context, arn);
      const shard = found === undefined ? undefined : shardOf(found.stream, shardId, now());
      if (found === undefined || shard === undefined) return undefined;
      const from = numberOf(next);
      if (from < horizon(found.store, shard, now())) return "trimmed";
      const read = readShard(found.store, found.stream, shard, { next: from, limit });
      return {
        records: read.rows.map((row) => showRecord(found.stream, row)),
        next: sequenceNumber(found.stream, read.next),
        end: read.end,
      };
    },
  };
}

export function streamsPort(context: DynamoContext): StreamsPort {
  const need = (arn: string): Found => {
    const found = find(context, arn);
    if (found === undefined) throw resourceNamedNotFound(`Stream: ${arn}`);
    return found;
  };
  return {
    async shards(arn) {
      const now = context.clock.now();
      return need(arn)
        .stream.shards.filter((shard) => isThere(shard, now))
        .map((shard) => ({ shardId: shard.id, parent: shard.parent, closed: shard.last !== undefined }));
    },
    async read(arn, shardId, position) {
      const { store, stream } = need(arn);
      const now = context.clock.now();
      const shard = shardOf(stream, shardId, now);
      if (shard === undefined) throw resourceNamedNotFound(`Shard: ${shardId} in Stream: ${arn}`);
      const read = readShard(store, stream, shard, {
        next: Math.max(horizon(store, shard, now), firstWanted(stream, shard, position)),
        limit: position.limit,
      });
      const { start } = position;
      const rows = typeof start === "object" ? read.rows.filter((row) => row.at >= start.timestamp) : read.rows;
      return {
        records: rows.map((row) => eventRecord(stream, row)),
        next:
          read.rows.length === 0 && position.after !== undefined
            ? position.after
            : sequenceNumber(stream, read.rows.at(-1)?.number ?? read.next - 1),
      };
    },
  };
}

function firstWanted(
  stream: StreamRow,
  shard: ShardRow,
  { after, start }: { readonly after?: string | undefined; readonly start?: unknown },
): number {
  if (after !== undefined) return numberOf(after) + 1;
  return start === "LATEST" ? endOf(stream, shard) : shard.first;
}

/** As a Lambda event has it, but for the mapping's own eventSourceARN. */
function eventRecord(stream: StreamRow, row: StreamRecordRow): StreamRecord {
  const { dynamodb, userIdentity, ...rest } = showRecord(stream, row);
  return {
    sequenceNumber: sequenceNumber(stream, row.number),
    approximateArrival: row.at,
    record: {
      ...rest,
      dynamodb: {
        ...(dynamodb as object),
        ApproximateCreationDateTime: Math.floor(row.at / 1000),
        Keys: eventItem(row.keys),
        ...(row.newImage !== undefined && { NewImage: eventItem(row.newImage) }),
        ...(row.oldImage !== undefined && { OldImage: eventItem(row.oldImage) }),
      },
      ...(userIdentity !== undefined && {
        userIdentity: { principalId: userIdentity.PrincipalId, type: userIdentity.Type },
      }),
    },
  };
}
