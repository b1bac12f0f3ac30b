// What a service is to the cloud: its operations, access rules, tables, ports, workers, resources and HTTP front doors.

import type { AwsError } from "../kernel/aws-error.ts";
import type { AccessNeed } from "../ports/access.ts";
import type { ProvidedPorts } from "../ports/ports.ts";
import type { DeliveryOptions } from "../ports/targets.ts";
import type { OpenSocket } from "./connections.ts";
import type { HangUp } from "./hang-up.ts";
import type { Context, Operation, RequestFacts, TableSet } from "./operation.ts";
import type { ResourceType } from "./resource.ts";
import type { World } from "./world.ts";

/** What a call needs. Return [] for calls that need no permission (sts:GetCallerIdentity). Throw nothing: a missing resource is the operation's to report. */
export type AccessRule<Tables extends TableSet = never> = (
  // oxlint-disable-next-line typescript/no-explicit-any -- each rule reads its own operation's input
  input: any,
  context: Context<Tables>,
) => readonly AccessNeed[];

/** A modelled constraint that an input breaks. */
export type Violation = {
  /** Where, as AWS writes it: `queueName`, `entries.1.member.id`. */
  readonly path: string;
  /** The member's own name, e.g. `QueueName`. */
  readonly member: string;
  readonly kind: "required" | "length" | "range" | "pattern" | "enum";
  readonly value: unknown;
  /** `Value 'x' at 'queueName' failed to satisfy constraint: Member must …`. */
  readonly message: string;
};

/** Runs scheduled work of one kind. A throw is our bug: it is reported on the trace. */
export type Worker<Tables extends TableSet = never> = (data: never, context: Context<Tables>) => Promise<void> | void;

/** A plain HTTP request to something we host (a website, an API, a function URL): not an AWS API call. */
export type HttpRequest = {
  readonly method: string;
  /** Lower case, without port. */
  readonly host: string;
  /** Raw, percent-encoded, starts with a slash. */
  readonly path: string;
  /** Raw, without the question mark. */
  readonly query: string;
  /** Lower-case names; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names as sent, in order: name, value, name, value … */
  readonly rawHeaders: readonly string[];
  readonly body: AsyncIterable<Uint8Array>;
  readonly sourceIp: string;
  readonly secure: boolean;
  /** e.g. `http://127.0.0.1:4566`. */
  readonly origin: string;
  readonly caller: HangUp;
};

export type HttpResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined;
};

/** A front door: looks at host and path, and takes the request or leaves it. */
export type HttpDoor<Tables extends TableSet = never> = {
  readonly name: string;
  /** What is asked for, or undefined when the request is not for this door. Cheap: it is asked on every unsigned request and every foreign host. `data` reaches `handle`. */
  match(
    request: HttpRequest,
    world: World,
  ):
    | { readonly account?: string | undefined; readonly region?: string | undefined; readonly data: unknown }
    | undefined;
  /** The same for a host that is nobody's but a user's, by a name registered in the world: nothing else answers there. */
  named?(request: HttpRequest, world: World): ReturnType<HttpDoor["match"]>;
  /** Runs in the context of the matched account and region, called by an anonymous caller (or the signer, when the request is signed and valid). */
  handle(request: HttpRequest, data: never, context: Context<Tables>): Promise<HttpResponse>;
  /** For requests to switch to WebSocket: takes the connection, or answers why not. */
  connect?(request: HttpRequest, data: never, context: Context<Tables>): Promise<TakenSocket<Tables> | HttpResponse>;
};

/** A connection that becomes a WebSocket. Each message and the end run in contexts of their own. */
export type TakenSocket<Tables extends TableSet = never> = {
  /** Of the answer that switches protocols. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes in a message, and in one frame of it; above, the connection is closed with 1009. */
  readonly limits: { readonly message: number; readonly frame: number };
  opened(socket: OpenSocket, context: Context<Tables>): void | Promise<void>;
  message(data: Buffer, context: Context<Tables>): Promise<void>;
  closed(code: number, reason: string, context: Context<Tables>): Promise<void>;
};

/** What the key of a process we started stands for. */
export type ProcessKey = {
  /** The world the process works for. */
  readonly world: World;
  /** Key of the session there that stands for the process's own. */
  readonly accessKeyId: string;
  /** What the process signs with. */
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
};

/** An answer on its way out: of a call, or of a front door (then `operation` is its name and `input` what it matched). */
export type Answered = {
  readonly operation: string;
  readonly input: unknown;
  /** Raw, without the question mark. */
  readonly query: string;
  readonly status: number;
  readonly headers: HttpResponse["headers"];
  readonly body: HttpResponse["body"];
  readonly errorCode?: string | undefined;
  /** Milliseconds since the request was read. */
  elapsed(): number;
};

export type ServiceDefinition<Tables extends TableSet = TableSet> = {
  /** Folder and model name. */
  readonly name: string;
  /** Further models whose operations are served from here (e.g. dynamodbstreams from dynamodb) have services of their own; no aliases. */
  readonly tables: Tables;
  /** Region key of all state when the service is global (iam, route53, cloudfront). */
  readonly global?: "aws-global";
  /** API name -> operation. What the model has and this lacks answers NotEmulated. */
  readonly operations: Readonly<Record<string, Operation<never, unknown, Tables>>>;
  /** API name -> what it needs. Every implemented operation has one. */
  readonly access: Readonly<Record<string, AccessRule<Tables>>>;
  /** The service's own words for a denial; `AccessDeniedException` 400 (JSON) or `AccessDenied` 403 when absent. */
  accessDenied?(message: string): AwsError;
  /** The service's own words for broken modelled constraints, where they are not the usual `N validation errors detected: …`; undefined leaves the check to the operation. */
  validationFailed?(violations: readonly Violation[], operation: string): AwsError | undefined;
  /** Headers that go on every answer of a call, errors included (S3's CORS). */
  readonly responseHeaders?: (
    facts: { readonly operation: string; readonly input: unknown; readonly request: RequestFacts },
    context: Context<Tables>,
  ) => Readonly<Record<string, string>>;
  /** Sees the answers that leave, and answers their bodies, followed or as they are: asked only while a table, by its path, has rows. */
  readonly witness?: {
    readonly while: string;
    see(answered: Answered, context: Context<Tables>): HttpResponse["body"];
  };
  readonly workers?: Readonly<Record<string, Worker<Tables>>>;
  readonly resources?: readonly ResourceType[];
  readonly http?: readonly HttpDoor<Tables>[];
  /** LocalStack's paths that look into this service, below `/_aws/<name>/`: asked for those alone. */
  readonly developerPaths?: readonly HttpDoor<Tables>[];
  /** Ports this service gives to others, made for each calling context (which has this service's tables). */
  readonly provides?: { readonly [Name in keyof ProvidedPorts]?: (context: Context<Tables>) => ProvidedPorts[Name] };
  /** Deliveries by ARN from notifications, rules, schedules … `arnService` is the ARN's third part. */
  readonly accepts?: {
    readonly arnService: string;
    deliver(arn: string, event: string, options: DeliveryOptions, context: Context<Tables>): Promise<void>;
  };
  /** Called once for each account and region that is touched first, before anything else there runs (the CDK's toolkit stack, default event bus, public parameters). Keep it cheap. */
  readonly seed?: (context: Context<Tables>) => void | Promise<void>;
  /** Processes of ours reach one endpoint, whatever the fork they work for: their key tells. `cloud` is its blob store. */
  processKey?(accessKeyId: string, cloud: object): ProcessKey | undefined;
  /** Long-lived things outside the tables (processes, pools): ended when the cloud stops. `cloud` is its blob store, which tells one cloud of a process from another. */
  close?(cloud?: object): Promise<void>;
};

/** Checks a definition's own types, then forgets them so that the list of services can hold it. */
export function defineService<Tables extends TableSet>(definition: ServiceDefinition<Tables>): ServiceDefinition {
  return definition as unknown as ServiceDefinition;
}
