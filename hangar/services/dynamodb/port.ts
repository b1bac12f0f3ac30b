// What DynamoDB gives to other services: streams to event source mappings, and all of them to the Streams API.

import { parseArn } from "../../kernel/arn.ts";
import type { StreamRecord, StreamsPort } from "../../ports/streams.ts";
import type { TableStreamsPort } from "../../ports/table-streams.ts";
import {
  describeStream,
  horizon,
  liveStream,
  numberOf,
  readShard,
  sequenceNumber,
  showRecord,
} from "./engine/stream-reader.ts";
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
  const stream = liveStream(store, arn, context.clock.now());
  return stream === undefined ? undefined : { store, stream };
}

function shardOf(stream: StreamRow, id: string): ShardRow | undefined {
  return stream.shards.find((shard) => shard.id === id);
}

export function tableStreamsPort(context: DynamoContext): TableStreamsPort {
  return {
    async list(tableName) {
      const now = context.clock.now();
      const streams = [...context.store.streams.rows()].filter(
        (row) => liveStream(context.store, row.arn, now) !== undefined,
      );
      return streams
        .filter((row) => tableName === undefined || row.table === tableName)
        .map((row) => ({ StreamArn: row.arn, TableName: row.table, StreamLabel: row.label }));
    },
    async describe(arn) {
      const found = find(context, arn);
      return found === undefined ? undefined : describeStream(found.stream);
    },
    async position(arn, shardId, position) {
      const found = find(context, arn);
      const shard = found === undefined ? undefined : shardOf(found.stream, shardId);
      if (found === undefined || shard === undefined) return undefined;
      if ("start" in position) {
        const number =
          position.start === "LATEST"
            ? (shard.last ?? found.stream.next - 1) + 1
            : Math.max(shard.first, horizon(found.store, found.stream, context.clock.now()));
        return { next: sequenceNumber(number) };
      }
      const given = numberOf("at" in position ? position.at : position.after);
      if (given < shard.first || given > (shard.last ?? found.stream.next)) return "outside";
      const number = "at" in position ? given : given + 1;
      return number < horizon(found.store, found.stream, context.clock.now())
        ? "trimmed"
        : { next: sequenceNumber(number) };
    },
    async records(arn, shardId, { next, limit }) {
      const found = find(context, arn);
      const shard = found === undefined ? undefined : shardOf(found.stream, shardId);
      if (found === undefined || shard === undefined) return undefined;
      const from = numberOf(next);
      if (
        from < horizon(found.store, found.stream, context.clock.now()) &&
        from >= shard.first &&
        from < found.stream.next
      )
        return "trimmed";
      const read = readShard(found.store, found.stream, shard, { next: from, limit });
      return {
        records: read.rows.map((row) => showRecord(found.stream, row)),
        next: sequenceNumber(read.next),
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
      return need(arn).stream.shards.map((shard) => ({
        shardId: shard.id,
        parent: shard.parent,
        closed: shard.last !== undefined,
      }));
    },
    async read(arn, shardId, position) {
      const { store, stream } = need(arn);
      const shard = shardOf(stream, shardId);
      if (shard === undefined) throw resourceNamedNotFound(`Shard: ${shardId} in Stream: ${arn}`);
      const oldest = horizon(store, stream, context.clock.now());
      const read = readShard(store, stream, shard, {
        next: Math.max(oldest, firstWanted(stream, shard, position)),
        limit: position.limit,
      });
      const { start } = position;
      const rows = typeof start === "object" ? read.rows.filter((row) => row.at >= start.timestamp) : read.rows;
      const last = read.rows.at(-1);
      return {
        records: rows.map((row) => eventRecord(stream, row)),
        next: last === undefined ? (position.after ?? sequenceNumber(read.next - 1)) : sequenceNumber(last.number),
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
  return start === "LATEST" ? (shard.last ?? stream.next - 1) + 1 : shard.first;
}

/** As a Lambda event has it, but for the mapping's own eventSourceARN. */
function eventRecord(stream: StreamRow, row: StreamRecordRow): StreamRecord {
  const { dynamodb, userIdentity, ...rest } = showRecord(stream, row);
  return {
    sequenceNumber: sequenceNumber(row.number),
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
