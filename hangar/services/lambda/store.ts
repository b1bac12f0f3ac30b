// The rows of Lambda: functions, their versions and aliases, layers, policies, event source mappings, events under way.

import { operationsOn, table, type Context, type Store } from "../../cloud/operation.ts";
import type { QueueMessage } from "../../ports/queues.ts";
import type {
  Cors,
  DestinationConfig,
  EventSourceMappingConfiguration,
  FileSystemConfigList,
  ImageConfig,
} from "../../models/lambda.d.ts";

export type FunctionRow = {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Number the next published version gets. */
  readonly nextVersion: number;
  readonly reservedConcurrency?: number | undefined;
  /** ARN. */
  readonly codeSigningConfig?: string | undefined;
  readonly recursiveLoop: string;
  readonly runtimeUpdates: string;
};

export type CodeRow = {
  readonly hash: string;
  readonly size: number;
  /** Base64 of the archive's SHA-256. */ readonly sha256: string;
};
/** In place of code. */
export type ImageRow = {
  /** As it was named. */
  readonly uri: string;
  /** `sha256:…`, by which the engine has it. */
  readonly id: string;
  readonly config: ImageConfig | undefined;
};
export type LayerUse = { readonly arn: string; readonly size: number; readonly hash: string };

/** `$LATEST` or a published version. */
export type VersionRow = {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly runtime: string | undefined;
  readonly handler: string | undefined;
  readonly role: string;
  readonly timeout: number;
  readonly memorySize: number;
  readonly variables: Readonly<Record<string, string>> | undefined;
  /** In their place, with a customer's key: base64. */
  readonly sealedVariables?: string | undefined;
  readonly kmsKeyArn: string | undefined;
  readonly deadLetterArn: string | undefined;
  readonly tracing: string;
  readonly layers: readonly LayerUse[];
  readonly architecture: string;
  readonly ephemeralStorage: number;
  readonly snapStart: string;
  readonly logFormat: string;
  readonly applicationLogLevel: string | undefined;
  readonly systemLogLevel: string | undefined;
  readonly logGroup: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly ipv6: boolean;
  readonly fileSystems?: FileSystemConfigList | undefined;
  readonly code: CodeRow;
  readonly image?: ImageRow | undefined;
  readonly revisionId: string;
  /** Milliseconds. */
  readonly modifiedAt: number;
  /** New for each change that environments must be started anew for. */
  readonly environmentId: string;
};

export type AliasRow = {
  readonly name: string;
  readonly functionName: string;
  readonly version: string;
  readonly description: string;
  readonly weights: Readonly<Record<string, number>>;
  readonly revisionId: string;
};

export type StatementRow = { readonly Sid?: string; readonly [member: string]: unknown };
export type PolicyRow = {
  readonly revisionId: string;
  readonly statements: readonly StatementRow[];
  /** Of PutResourcePolicy; AddPermission's is `default`. */
  readonly id?: string | undefined;
};

export type LayerRow = {
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly createdAt: number;
  readonly runtimes: readonly string[] | undefined;
  readonly architectures: readonly string[] | undefined;
  readonly license: string | undefined;
  readonly code: CodeRow;
};

export type CodeSigningRow = {
  readonly id: string;
  readonly description: string;
  /** ARNs of signing profile versions. */
  readonly publishers: readonly string[];
  /** `Warn` or `Enforce`. */
  readonly untrusted: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly modifiedAt: number;
};

export type InvokeConfigRow = {
  readonly functionName: string;
  readonly qualifier: string;
  readonly maximumRetryAttempts: number | undefined;
  readonly maximumEventAge: number | undefined;
  readonly onSuccess: string | undefined;
  readonly onFailure: string | undefined;
  readonly modifiedAt: number;
};

/** An asynchronous invocation that is not finished. */
export type EventRow = {
  readonly id: string;
  readonly functionName: string;
  /** As it was invoked; the version is chosen at each attempt. */
  readonly qualifier: string | undefined;
  readonly payload: string;
  /** Of the chain of invocations that it goes on. */
  readonly lineage?: string | undefined;
  readonly acceptedAt: number;
  readonly attempts: number;
  readonly throttled: number;
};

export type UrlRow = {
  readonly id: string;
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly authType: string;
  readonly invokeMode: string;
  readonly cors: Cors | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
};

export type ProvisionedRow = {
  readonly functionName: string;
  readonly qualifier: string;
  readonly requested: number;
  readonly modifiedAt: number;
  readonly status: "IN_PROGRESS" | "READY" | "FAILED";
  /** Environments that have come up. */
  readonly ready: number;
};

/** Times are milliseconds; the rest is AWS's answer. */
export type MappingRow = Omit<
  EventSourceMappingConfiguration,
  "LastModified" | "StartingPositionTimestamp" | "DestinationConfig"
> & {
  readonly UUID: string;
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly enabled: boolean;
  readonly modifiedAt: number;
  readonly startingAt: number | undefined;
  readonly createdAt: number;
  readonly destination: DestinationConfig | undefined;
  readonly tags: Readonly<Record<string, string>>;
};

/** How far a mapping has come in one lane of a shard. */
export type CursorRow = {
  /** Sequence number of the last record that is done with. */
  readonly after: string | undefined;
  /** Tries of the batch that begins after it. */
  readonly attempts: number;
  readonly finished: boolean;
  /** A batch that failed comes again with the same records: where it ends, and where those end that it was split from. */
  readonly ends?: readonly string[] | undefined;
  /** Times in milliseconds: not before, and when the batching window is over. */
  readonly retryAt?: number | undefined;
  readonly windowEnds?: number | undefined;
  /** The tumbling window that is open. `state` is JSON; `early`: it has grown too big. */
  readonly window?:
    | { readonly start: number; readonly seconds: number; readonly state: string; readonly early?: true }
    | undefined;
};

/** Messages that wait for the end of a batching window; they are received and invisible to others. */
export type GatheredRow = {
  readonly messages: readonly QueueMessage[];
  /** When the window ends. */ readonly due: number;
};

export const tables = {
  functions: table<FunctionRow>(),
  /** `name:version` */
  versions: table<VersionRow>(),
  /** `name:alias` */
  aliases: table<AliasRow>(),
  /** Resource ARN. */
  policies: table<PolicyRow>(),
  /** `name:` and the version in ten digits. */
  layers: table<LayerRow>(),
  layerNumbers: table<number>(),
  codeSigning: table<CodeSigningRow>(),
  /** `name:qualifier` */
  invokeConfigs: table<InvokeConfigRow>(),
  events: table<EventRow>(),
  /** `name` or `name:alias` */
  urls: table<UrlRow>(),
  urlKeys: table<string>(),
  provisioned: table<ProvisionedRow>(),
  mappings: table<MappingRow>(),
  /** `uuid/shard` */
  cursors: table<CursorRow>(),
  gathered: table<GatheredRow>(),
};

export type Tables = typeof tables;

export const operation = operationsOn<Tables>();

export type LambdaContext = Context<Tables>;
export type LambdaStore = Store<Tables>;
