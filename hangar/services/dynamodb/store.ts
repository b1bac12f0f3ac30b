// DynamoDB's tables and the rows in them.

import { operationsOn, table, type Caller, type Context } from "../../cloud/operation.ts";
import type { AutoScalingSettingsDescription, ImportTableInput } from "../../models/dynamodb.d.ts";
import type { AttributeValue, Item } from "./rules/attribute-value.ts";
import type { StreamRecordRow, StreamRow, StreamSettings } from "./rules/stream-rows.ts";
import type { IndexRow, KeyElement, KeyType, OnDemand, Throughput, Warm } from "./rules/index-row.ts";
import type { KinesisDestination } from "./rules/kinesis-destination.ts";
import type { OutgoingRow } from "./rules/kinesis-record.ts";
import type { ExportRow, ImportCounts, JobFailure } from "./rules/export-row.ts";
import type { TableProgress } from "./rules/table-state.ts";
import type { Bucket } from "./rules/token-bucket.ts";

/** Times are milliseconds. */
export type TableRow = TableProgress & {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly storage: string;
  readonly created: number;
  readonly attributes: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly keys: readonly KeyElement[];
  readonly indexes: readonly IndexRow[];
  readonly billing: "PROVISIONED" | "PAY_PER_REQUEST";
  /** Set once a table was ever on demand. */
  readonly onDemandSince?: number | undefined;
  readonly throughput: Throughput;
  readonly onDemand?: OnDemand | undefined;
  readonly warm?: Warm | undefined;
  readonly tableClass?: string | undefined;
  readonly tableClassChanged?: number | undefined;
  readonly deletionProtection: boolean;
  /** `managed`: the key is AWS's own of the region. */
  readonly sse?: { readonly keyArn: string; readonly managed?: boolean | undefined } | undefined;
  /** The current or last stream; its records are under its storage. */
  readonly stream?: StreamSettings | undefined;
  /** The newest first; absent on tables that never had one. */
  readonly kinesis?: readonly KinesisDestination[] | undefined;
  /** `until`: it is being turned on or off up to then. */
  readonly ttl?:
    | {
        readonly attribute: string;
        readonly enabled: boolean;
        readonly changed: number;
        readonly until?: number | undefined;
      }
    | undefined;
  readonly recovery?: { readonly enabled: boolean; readonly days: number; readonly since: number } | undefined;
  /** By name of a global index; the table's own under "". */
  readonly insights?: Readonly<Record<string, InsightsRow>> | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly policy?: { readonly document: string; readonly revision: string } | undefined;
  readonly streamPolicy?: { readonly document: string; readonly revision: string } | undefined;
  readonly restore?:
    | { readonly backupArn?: string | undefined; readonly sourceArn: string; readonly at: number }
    | undefined;
  /** Of a replica of a global table only. */
  readonly global?: Replica | undefined;
  /** Auto scaling by `Read`, `Write`, `Read/<index>` and `Write/<index>`. */
  readonly scaling?: Readonly<Record<string, AutoScalingSettingsDescription>> | undefined;
  /** Item count and size are taken every six hours, as AWS does. */
  readonly measured: {
    readonly at: number;
    readonly items: number;
    readonly bytes: number;
    readonly indexes: Readonly<Record<string, { readonly items: number; readonly bytes: number }>>;
  };
};

/** What makes a table a replica of a global table. All replicas have one name and one storage. */
export type Replica = {
  /** Regions of the others, in the order in which this one came to know them. */
  readonly others: readonly string[];
  /** The region it was added from; none for the table that the first replica was added to. */
  readonly source?: string | undefined;
  readonly joined: number;
  /** Writes are in all replicas before they are answered. */
  readonly strong?: true | undefined;
  readonly witnesses?: readonly string[] | undefined;
};

export type InsightsRow = {
  readonly status: "ENABLED" | "DISABLED" | "FAILED";
  readonly mode: string;
  readonly changed: number;
  /** When its rules were made. */
  readonly since: number;
};

/** A stored item and its size in bytes. */
export type ItemRow = { readonly item: Item; readonly size: number };

/** A write of another replica that is on its way; without a row the item is deleted. */
export type ArrivingRow = { readonly key: string; readonly row?: ItemRow | undefined };

export type BackupRow = {
  readonly arn: string;
  readonly name: string;
  readonly created: number;
  readonly size: number;
  readonly items: number;
  readonly table: TableRow;
  /** Start of its rows' keys in `backupItems`. */
  readonly storage: string;
  /** DynamoDB's own, of a deleted table that had point-in-time recovery: removed at that time. */
  readonly expires?: number | undefined;
};

/** What an item was before the first change of one second; nothing where it was not there. */
export type HistoryRow = { readonly before?: ItemRow | undefined };

/** How far a table's history goes back, in seconds, and what its rows take. */
export type HistoryExtent = { readonly from: number; readonly bytes: number };

/** What is read from a bucket into a new table. Times are milliseconds. */
export type ImportRow = {
  readonly arn: string;
  readonly id: string;
  readonly status: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  readonly token: string;
  /** Who asked for it: the bucket's permissions are theirs. */
  readonly caller: Caller;
  readonly started: number;
  readonly ended?: number | undefined;
  /** As it will be: its rows are written under its storage before it is there itself. */
  readonly table: TableRow;
  readonly source: {
    readonly S3Bucket: string;
    readonly S3BucketOwner: string;
    readonly S3KeyPrefix?: string | undefined;
  };
  readonly format: string;
  readonly options?: ImportTableInput["InputFormatOptions"];
  readonly compression?: string | undefined;
  /** As they were given. */
  readonly parameters: ImportTableInput["TableCreationParameters"];
  readonly counts: ImportCounts;
  readonly failure?: JobFailure | undefined;
};

export type TokenRow = {
  readonly at: number;
  readonly digest: string;
  readonly output: Readonly<Record<string, unknown>>;
};

export const tables = {
  tables: table<TableRow>(),
  items: table<ItemRow>(),
  /** Rows of secondary indexes: whole items or their projection, under index key and table key. */
  indexed: table<ItemRow>(),
  /** Items with a time to live: `<seconds>NUL<item key>` -> table name. */
  expiries: table<string>(),
  /** Scheduled expiry work by table storage. */
  timers: table<{ readonly at: number; readonly id: string }>(),
  streams: table<StreamRow>(),
  streamRecords: table<StreamRecordRow>(),
  /** For Kinesis streams: `<stream ARN>NUL<number>`. */
  outgoing: table<OutgoingRow>(),
  backups: table<BackupRow>(),
  backupItems: table<ItemRow>(),
  /** Changes of tables with point-in-time recovery: `<storage><second><rest of the item's key>`. */
  history: table<HistoryRow>(),
  /** By table storage. */
  historyExtents: table<HistoryExtent>(),
  exports: table<ExportRow>(),
  imports: table<ImportRow>(),
  /** Client request tokens of transactions of the last ten minutes. */
  tokens: table<TokenRow>(),
  /** Units that tables and indexes have left, where throughput is enforced. */
  buckets: table<Bucket>(),
  /** Items that an index has not caught up with: the key of the row that it shows, empty for none. */
  lagging: table<string>(),
  /** Bytes of item collections in tables with local indexes, by the start of their keys. */
  collections: table<number>(),
  /** Writes of other replicas, by storage and version. */
  arriving: table<ArrivingRow>(),
  /** Version of an item's last write, by item key: kept while writes of its global table are on their way. */
  versions: table<number>(),
  /** The last version given: one row, in a place of no region. */
  counters: table<number>(),
};

export type Tables = typeof tables;
export type DynamoContext = Context<Tables>;
export type DynamoStore = DynamoContext["store"];

export const operation = operationsOn<Tables>();

export type {
  AttributeValue,
  ExportRow,
  ImportCounts,
  IndexRow,
  Item,
  JobFailure,
  KeyElement,
  KeyType,
  OnDemand,
  Throughput,
  Warm,
};
export type { ShardRow, StreamRecordRow, StreamRow } from "./rules/stream-rows.ts";
