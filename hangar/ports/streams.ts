// What services ask of DynamoDB Streams and Kinesis: shards and records in order.

import type { Principal } from "../cloud/operation.ts";

/** `record` is what a Lambda event carries for it, less the mapping's own members. */
export type StreamRecord = {
  readonly sequenceNumber: string;
  readonly approximateArrival: number;
  readonly record: Readonly<Record<string, unknown>>;
};
export type StreamShard = {
  readonly shardId: string;
  readonly parent?: string | undefined;
  /** The second parent of a merge. */
  readonly adjacentParent?: string | undefined;
  readonly closed: boolean;
};

export type StreamsPort = {
  /** Topic to subscribe to for wake-ups: `stream:<stream arn>`. */
  shards(streamArn: string, as: Principal): Promise<readonly StreamShard[]>;
  /** Records after a sequence number (or from the position), oldest first. `next` is the sequence number to go on after. */
  read(
    streamArn: string,
    shardId: string,
    position: {
      readonly after?: string | undefined;
      readonly start?: "TRIM_HORIZON" | "LATEST" | { readonly timestamp: number } | undefined;
      readonly limit: number;
    },
    as: Principal,
  ): Promise<{ readonly records: readonly StreamRecord[]; readonly next?: string | undefined }>;
};
