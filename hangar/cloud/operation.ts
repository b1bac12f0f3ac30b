// What an API operation is, and the context it runs in.

import type { Blobs } from "../kernel/blobs.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Ids } from "../kernel/ids.ts";
import type { Table } from "../kernel/table.ts";
import type { Span } from "../kernel/trace.ts";
import type { Ports } from "../ports/ports.ts";
import type { HangUp } from "./hang-up.ts";
import type { World } from "./world.ts";

/** Who is calling. `service` callers come through ports; their `arn` is the principal's name, e.g. `s3.amazonaws.com`. */
export type Caller = {
  readonly kind: "root" | "user" | "role" | "federated" | "service" | "anonymous";
  readonly account: string;
  /** `arn:aws:iam::…:root`, `arn:aws:iam::…:user/x`, `arn:aws:sts::…:assumed-role/r/session`, a service name, or `*`. */
  readonly arn: string;
  /** As GetCallerIdentity's UserId. */
  readonly userId: string;
  readonly userName?: string | undefined;
  /** The role behind an assumed-role session. */
  readonly roleArn?: string | undefined;
  readonly sessionName?: string | undefined;
  /** Session policies as JSON text. */
  readonly sessionPolicies?: readonly string[] | undefined;
  readonly accessKeyId?: string | undefined;
  readonly sessionTags?: Readonly<Record<string, string>> | undefined;
  /** What the identity provider of a web identity's session said, as condition keys in lower case (`cognito-identity.amazonaws.com:sub`). */
  readonly federation?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** The Lambda function whose code calls (lambda:SourceFunctionArn). */
  readonly sourceFunctionArn?: string | undefined;
  /** For service callers: what the call is made for (aws:SourceArn, aws:SourceAccount). */
  readonly sourceArn?: string | undefined;
  readonly sourceAccount?: string | undefined;
  /** The service that calls on a principal's behalf (aws:CalledVia, kms:ViaService). */
  readonly via?: string | undefined;
};

/** How a service introduces itself when it calls another on its own account. */
export type Principal = {
  readonly service: string;
  readonly sourceArn?: string | undefined;
  readonly sourceAccount?: string | undefined;
};

/** Facts of the request that carried the call; in-process calls have only an id. */
export type RequestFacts = {
  readonly id: string;
  readonly host: string;
  /** The endpoint as the caller reaches it, e.g. `http://127.0.0.1:4566`: what URLs we hand out start with. */
  readonly origin: string;
  readonly secure: boolean;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly method: string;
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query?: string | undefined;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Ends long polls when it hangs up. */
  readonly caller?: HangUp | undefined;
};

/** Tables of one service in one account and region. */
export type Store<Tables> = {
  readonly [Name in keyof Tables]: Tables[Name] extends TableOf<infer Row> ? Table<Row> : never;
};

/** Says what rows a table holds: `export const tables = { queues: table<Queue>() }`. */
export type TableOf<Row> = { readonly row?: Row };
export function table<Row>(): TableOf<Row> {
  return {};
}
export type TableSet = Readonly<Record<string, TableOf<unknown>>>;

/** Work of this service that runs later, in the context's account and region; `kind` is `<service>.<worker>`. */
export type ScopedScheduler = {
  /** At a time in milliseconds; answers the id that `cancel` takes. */
  at(time: number, kind: string, data: unknown): string;
  /** As soon as the current work is done. */
  later(kind: string, data: unknown): string;
  cancel(id: string): boolean;
  /** Runs `kind` once after each wake of `topic`. */
  subscribe(topic: string, name: string, kind: string, data: unknown): void;
  unsubscribe(topic: string, name: string): void;
  /** Something may be there for those who wait on the topic (now, or at a later time). */
  wake(topic: string, at?: number): void;
  /** For long polls: true when woken, false when the clock reaches `until` or the caller hangs up. */
  waitFor(topic: string, until: number): Promise<boolean>;
};

export type CallOptions = {
  /** Who calls; the context's own caller when absent. */
  readonly as?: Caller | Principal | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
};

/** What an operation may touch. */
export type Context<Tables extends TableSet = TableSet> = {
  readonly world: World;
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly caller: Caller;
  readonly request: RequestFacts;
  /** Where processes we start reach this cloud: the origin its server listens on. */
  readonly endpoint: string;
  readonly span: Span;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly blobs: Blobs;
  readonly scheduler: ScopedScheduler;
  readonly ports: Ports;
  readonly store: Store<Tables>;
  storeAt(account: string, region: string): Store<Tables>;
  /** Regions of an account in which this service has tables: for global look-ups such as a bucket's name. */
  places(): readonly { readonly account: string; readonly region: string }[];
  /** Runs another operation of this service in full: validation, access check, trace. */
  call<Input, Output>(operation: Operation<Input, Output>, input: Input, options?: CallOptions): Promise<Output>;
};

/** An API operation: input in AWS's shape to output in AWS's shape. */
export type Operation<Input = never, Output = unknown, Tables extends TableSet = never> = {
  (input: Input, context: Context<Tables>): Output | Promise<Output>;
};

/** Makes a service's own `operation`: `export const operation = operationsOn<typeof tables>()`. */
export function operationsOn<Tables extends TableSet>(): <Input, Output>(
  run: (input: Input, context: Context<Tables>) => Output | Promise<Output>,
) => Operation<Input, Output, Tables> {
  return (run) => run;
}
