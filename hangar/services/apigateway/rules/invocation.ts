// A request on its way through an API, and what is known of it so far.

import type { Caller } from "../../../cloud/operation.ts";
import type { CompiledApi } from "./compiled-api.ts";
import type { GatewayFailure } from "./failure.ts";
import type { Route } from "./routes.ts";
import type { ApiGatewayContext, ApiRow, StageRow } from "../store.ts";

/** What templates write: `status`, and maps by name. */
export type Overrides = Map<string, unknown>;

export type HeaderEntry = { readonly name: string; readonly values: readonly string[] };

/** What an authorizer said of the caller, a function or the token of a user pool; all is text, as API Gateway passes it on. */
export type AuthorizerFacts =
  | { readonly principalId: string; readonly values: Readonly<Record<string, string>>; readonly latency: number }
  | { readonly claims: Readonly<Record<string, string>> };

export type Sent = {
  readonly uri: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | string;
};

/** What went to an integration and came back, kept where a log is to tell of it. */
type Exchange = { sent?: Sent; received?: Omit<Sent, "uri"> };

export type Invocation = {
  readonly context: ApiGatewayContext;
  readonly account: string;
  readonly region: string;
  readonly api: ApiRow;
  readonly stage: StageRow;
  readonly compiled: CompiledApi;
  /** Whether the stage's canary serves it. */
  readonly canary: boolean;
  /** Of the mapping of a custom domain name that led here. */
  readonly basePath?: string | undefined;
  readonly httpMethod: string;
  /** Raw, below the stage, begins with one slash. */
  readonly path: string;
  /** As the caller wrote it, with the stage or base path. */
  readonly fullPath: string;
  readonly query: ReadonlyMap<string, readonly string[]>;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, HeaderEntry>;
  body: Buffer;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly sourceIp: string;
  /** The VPC endpoint that it came through, as the host says. */
  readonly sourceVpce?: string | undefined;
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly traceId: string;
  /** Milliseconds. */
  readonly startedAt: number;
  route?: Route;
  caller?: Caller;
  authorizer?: AuthorizerFacts;
  apiKey?: { readonly id: string; readonly value: string };
  usageIdentifierKey?: string | undefined;
  failure?: GatewayFailure;
  /** What templates set in $context.requestOverride and $context.responseOverride. */
  readonly requestOverride: Overrides;
  readonly responseOverride: Overrides;
  exchange?: Exchange;
  /** When the integration was begun. */
  integrationAt?: number;
  integration?: {
    readonly status?: number;
    readonly latency: number;
    readonly requestId?: string;
    readonly error?: string;
    /** Of an answer that is given as it comes: milliseconds since the integration was begun. */
    readonly streamed?: { readonly timeToAllHeaders: number; readonly timeToFirstContent?: number };
  };
};

export function header(invocation: Invocation, name: string): string | undefined {
  return invocation.headers.get(name.toLowerCase())?.values.at(-1);
}

/** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>`. */
export function methodArn({ region, account, api, stage, httpMethod, path }: Invocation): string {
  return `arn:aws:execute-api:${region}:${account}:${api.id}/${stage.stageName}/${httpMethod}${path}`;
}

/** What a function's policy is asked with: the resource as it is declared, its variables as stars. */
export function policyArn({ region, account, api, stage, route, httpMethod }: Invocation): string {
  const path = (route?.resource.path ?? "/").replace(/\{[^}]+\}/g, "*");
  return `arn:aws:execute-api:${region}:${account}:${api.id}/${stage.stageName}/${httpMethod}${path}`;
}

/** What a map keyed by media types has for one: never something that every object has. */
export function ofType(map: Readonly<Record<string, string>>, type: string): string | undefined {
  return Object.hasOwn(map, type) ? map[type] : undefined;
}

/** The content type alone, without parameters. */
export function mediaType(value: string | undefined): string {
  return (value ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

export function isBinary(type: string, binaryTypes: readonly string[]): boolean {
  return binaryTypes.some((pattern) => {
    if (pattern === "*/*" || pattern === type) return true;
    return pattern.endsWith("/*") && type.startsWith(pattern.slice(0, -1));
  });
}
