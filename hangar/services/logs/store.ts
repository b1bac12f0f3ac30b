// The tables of CloudWatch Logs: events stand twice, by group and time and by stream and time, so that every scan is a range.

import { operationsOn, table, type Context, type Store } from "../../cloud/operation.ts";
import { compositeKey } from "../../kernel/table.ts";
import { groupNotFound, streamNotFound } from "./errors.ts";

export type Group = {
  readonly name: string;
  readonly arn: string;
  readonly created: number;
  readonly class: string;
  readonly retentionInDays?: number | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly deletionProtection: boolean;
  readonly storedBytes: number;
  readonly tags: Readonly<Record<string, string>>;
};

export type Stream = {
  readonly group: string;
  readonly name: string;
  readonly arn: string;
  readonly created: number;
  readonly firstEvent?: number | undefined;
  readonly lastEvent?: number | undefined;
  readonly lastIngestion?: number | undefined;
  readonly sequenceToken?: string | undefined;
};

/** `id` is AWS's: 56 digits that order events by time and arrival; it is the key, too. */
export type StoredEvent = {
  readonly id: string;
  readonly stream: string;
  readonly timestamp: number;
  readonly message: string;
  readonly ingestion: number;
};

export type SubscriptionFilter = {
  readonly group: string;
  readonly name: string;
  readonly pattern: string;
  readonly destinationArn: string;
  readonly roleArn?: string | undefined;
  readonly distribution: string;
  readonly created: number;
};

export type MetricTransformation = {
  readonly metricName: string;
  readonly metricNamespace: string;
  readonly metricValue: string;
  readonly defaultValue?: number | undefined;
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  readonly unit?: string | undefined;
};

export type MetricFilter = {
  readonly group: string;
  readonly name: string;
  readonly pattern: string;
  readonly transformations: readonly MetricTransformation[];
  readonly created: number;
};

export type ResourcePolicy = { readonly name: string; readonly document: string; readonly updated: number };

export const tables = {
  groups: table<Group>(),
  streams: table<Stream>(),
  /** By group, then id. */
  events: table<StoredEvent>(),
  /** The same rows by group, stream, then id. */
  streamEvents: table<StoredEvent>(),
  /** Arrivals of a group so far. */
  arrivals: table<number>(),
  subscriptionFilters: table<SubscriptionFilter>(),
  metricFilters: table<MetricFilter>(),
  resourcePolicies: table<ResourcePolicy>(),
  /** Groups whose next expiry is scheduled. */
  expiries: table<string>(),
};

export type LogsContext = Context<typeof tables>;
export type LogsStore = Store<typeof tables>;

export const operation = operationsOn<typeof tables>();

export function groupAt(store: LogsStore, name: string): Group {
  const group = store.groups.get(name);
  if (group === undefined) throw groupNotFound();
  return group;
}

export function streamAt(store: LogsStore, group: string, name: string): Stream {
  const stream = store.streams.get(compositeKey(group, name));
  if (stream === undefined) throw streamNotFound();
  return stream;
}
