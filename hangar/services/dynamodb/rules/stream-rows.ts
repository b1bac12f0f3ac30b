// The rows of streams: their shards and records.

import type { KeyElement } from "../store.ts";
import type { Item } from "./attribute-value.ts";

export type StreamSettings = {
  readonly enabled: boolean;
  readonly viewType: string;
  readonly label: string;
  readonly arn: string;
};

export type StreamRow = StreamSettings & {
  readonly table: string;
  readonly account: string;
  readonly region: string;
  readonly keys: readonly KeyElement[];
  readonly created: number;
  readonly disabledAt?: number | undefined;
  /** Number of the next record, or of the next shard's opening. */
  readonly next: number;
  /** Oldest first. */
  readonly shards: readonly ShardRow[];
  /** Set while a timer is to trim it. */
  readonly trimmer?: true | undefined;
};
export type ShardRow = {
  readonly id: string;
  readonly parent?: string | undefined;
  readonly opened: number;
  readonly closed?: number | undefined;
  readonly first: number;
  /** Set when it is closed. */
  readonly last?: number | undefined;
  /** Number of the last record that was trimmed. */
  readonly trimmed?: number | undefined;
  /** First bytes of the keys' hashes that it takes: from, up to but without to. */
  readonly from: number;
  readonly to: number;
};

export type StreamRecordRow = {
  readonly number: number;
  readonly at: number;
  readonly id: string;
  readonly event: "INSERT" | "MODIFY" | "REMOVE";
  readonly keys: Item;
  readonly newImage?: Item | undefined;
  readonly oldImage?: Item | undefined;
  readonly size: number;
  readonly byTtl?: true | undefined;
};
