// The tables of Kinesis: streams, their shards, the records of each shard in order, and consumers.

import { operationsOn, table, type Context, type Store } from "../../cloud/operation.ts";
import { compositeKey } from "../../kernel/table.ts";

/** Times are milliseconds. */
export type StreamRow = {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  readonly created: number;
  readonly mode: string;
  readonly retentionHours: number;
  /** Shards it ever had: the number of the next one. */
  readonly shards: number;
  readonly encryption?: { readonly keyId: string } | undefined;
  readonly metrics: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly policy?: string | undefined;
  readonly maxRecordKiB: number;
  readonly warmMiBps?: number | undefined;
  readonly distribution?: string | undefined;
  /** When UpdateShardCount and UpdateStreamMode were last used: AWS counts them over 24 hours. */
  readonly rescaled: readonly number[];
  readonly modeChanged: readonly number[];
};

/** Hash keys are 32 hexadecimal digits: text order is their order. */
export type ShardRow = {
  readonly index: number;
  readonly start: string;
  readonly end: string;
  readonly opened: number;
  readonly closed?: number | undefined;
  /** The parent, and the adjacent one of a merge. */
  readonly parents: readonly number[];
  /** What its sequence numbers begin with; after its parents'. */
  readonly epoch: number;
};

export type RecordRow = {
  readonly number: number;
  readonly at: number;
  readonly partitionKey?: string | undefined;
  readonly data: Uint8Array;
  /** The data key it was written under, as KMS wrapped it. */
  readonly dataKey?: Uint8Array | undefined;
};

export type ConsumerRow = {
  readonly name: string;
  readonly stream: string;
  readonly streamArn: string;
  readonly arn: string;
  readonly created: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly policy?: string | undefined;
};

/** Of a consumer and shard: SubscribeToShard's last success. */
export type SubscriptionRow = { readonly id: string; readonly at: number };

/** What a shard may still take and give, where its stream's throughput is enforced. */
export type Tokens = {
  readonly at: number;
  readonly left: {
    readonly writes: number;
    readonly written: number;
    readonly reads: number;
    readonly read: number;
  };
};

export type CommitmentRow = {
  readonly status: string;
  readonly started: number;
  readonly ended?: number | undefined;
};

export const tables = {
  streams: table<StreamRow>(),
  /** Stream, number. */
  shards: table<ShardRow>(),
  /** Stream, first hash key -> number, of open shards: what a record's shard is found by. */
  open: table<number>(),
  /** Stream, shard -> the number of its next record. */
  next: table<number>(),
  /** Stream, shard, number. */
  records: table<RecordRow>(),
  /** Stream, name. */
  consumers: table<ConsumerRow>(),
  /** Stream, consumer's ARN, shard. */
  subscriptions: table<SubscriptionRow>(),
  /** Stream, shard. */
  tokens: table<Tokens>(),
  /** Stream -> the scheduled work that removes what grew too old. */
  timers: table<string>(),
  /** Under one key. */
  commitment: table<CommitmentRow>(),
};

export type Tables = typeof tables;
export type KinesisContext = Context<Tables>;
export type KinesisStore = Store<Tables>;

/** A stream with the tables it lives in: it may be another account's. */
export type Place = { readonly stream: StreamRow; readonly store: KinesisStore };
export type ShardPlace = Place & { readonly shard: ShardRow };

export const operation = operationsOn<Tables>();

export function shardKey(stream: string, index: number): string {
  return compositeKey(stream, String(index).padStart(12, "0"));
}

export function recordKey(stream: string, index: number, number: number): string {
  return compositeKey(stream, String(index).padStart(12, "0"), String(number).padStart(16, "0"));
}

/** Start of the keys of all that a stream has in a table. */
export function ofStream(stream: string): string {
  return compositeKey(stream, "");
}

/** Woken by every write: mappings and subscriptions wait on it. */
export function topicOf(stream: StreamRow): string {
  return `stream:${stream.arn}`;
}
