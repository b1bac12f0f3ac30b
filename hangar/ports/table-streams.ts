// What the DynamoDB Streams service asks of DynamoDB: its tables' streams, shards and records.

import type { DescribeStreamOutput, GetRecordsOutput, ListStreamsOutput } from "../models/dynamodbstreams.d.ts";

export type TableStream = NonNullable<DescribeStreamOutput["StreamDescription"]>;
export type TableStreamSummary = NonNullable<ListStreamsOutput["Streams"]>[number];
export type TableStreamRecord = NonNullable<GetRecordsOutput["Records"]>[number];

/** Where reading begins: before everything kept, after everything there is, or at or after a sequence number. */
export type StreamPosition =
  | { readonly start: "TRIM_HORIZON" | "LATEST" }
  | { readonly at: string }
  | { readonly after: string };

export type TableStreamsPort = {
  /** A stream's own policy: it is on the path of every call. */
  policy(streamArn: string): string | undefined;
  /** In order of ARN; of one table or of all. */
  list(tableName: string | undefined): Promise<readonly TableStreamSummary[]>;
  /** With all its shards, oldest first; undefined when there is none, or it ended more than a day ago. */
  describe(streamArn: string): Promise<TableStream | undefined>;
  /** The sequence number of the next record to read; undefined for a shard that is not there. Numbers outside the shard are said to be so. */
  position(
    streamArn: string,
    shardId: string,
    position: StreamPosition,
  ): Promise<{ readonly next: string } | "outside" | "trimmed" | undefined>;
  /** Records from `next` on. `end` is true when a closed shard has no more. */
  records(
    streamArn: string,
    shardId: string,
    from: { readonly next: string; readonly limit: number },
  ): Promise<
    | { readonly records: readonly TableStreamRecord[]; readonly next: string; readonly end: boolean }
    | "trimmed"
    | undefined
  >;
};
