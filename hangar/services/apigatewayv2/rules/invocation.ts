// A request on its way through an HTTP API, and what is known of it so far.

import type { Caller } from "../../../cloud/operation.ts";
import type { ApiGatewayV2Context, ApiRow, StageRow } from "../store.ts";
import type { CompiledApi } from "./compiled-api.ts";
import type { Refusal } from "./refusal.ts";
import { DEFAULT_ROUTE } from "./route-key.ts";
import type { MatchedRoute } from "./routes.ts";

/** What an authorizer said of the caller. */
export type AuthorizerFacts =
  | {
      readonly kind: "jwt";
      readonly claims: Readonly<Record<string, string>>;
      readonly scopes: readonly string[] | null;
    }
  | {
      readonly kind: "lambda";
      readonly principalId?: string | undefined;
      readonly values: Readonly<Record<string, unknown>> | null;
    };

export type IntegrationFacts = {
  readonly status?: number | undefined;
  readonly latency: number;
  readonly requestId?: string | undefined;
  /** Of the function itself, where it is not the invocation's. */
  readonly error?: string | undefined;
};

export type Invocation = {
  readonly context: ApiGatewayV2Context;
  readonly account: string;
  readonly region: string;
  readonly api: ApiRow;
  readonly stage: StageRow;
  readonly compiled: CompiledApi;
  readonly httpMethod: string;
  /** Decoded, as the caller wrote it: with the stage or base path. */
  readonly fullPath: string;
  /** Decoded, below the stage or base path, begins with one slash. */
  readonly path: string;
  /** Raw, without the question mark. */
  readonly rawQuery: string;
  readonly query: ReadonlyMap<string, readonly string[]>;
  /** By lower-case name, repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names as sent, in order: name, value, name, value … */
  readonly rawHeaders: readonly string[];
  body: Buffer;
  readonly domainName: string;
  readonly sourceIp: string;
  readonly requestId: string;
  readonly traceId: string;
  /** Milliseconds. */
  readonly startedAt: number;
  /** The base path that led here, through a custom domain name. */
  readonly basePath: string | undefined;
  route: MatchedRoute | undefined;
  caller: Caller | undefined;
  authorizer: AuthorizerFacts | undefined;
  integration: IntegrationFacts | undefined;
  refusal: Refusal | undefined;
};

export function domainPrefix({ domainName }: Invocation): string {
  return domainName.split(".")[0] ?? "";
}

/** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>`, or `…/$default`. */
export function routeArn({ region, account, api, stage, route, httpMethod, path }: Invocation): string {
  const below = route?.route.RouteKey === DEFAULT_ROUTE ? DEFAULT_ROUTE : `${httpMethod}${path}`;
  return `arn:aws:execute-api:${region}:${account}:${api.ApiId}/${stage.StageName}/${below}`;
}

/** What a function's policy is asked with: the route as it is declared. */
export function policyArn({ region, account, api, stage, route, httpMethod }: Invocation): string {
  const key = route?.route.RouteKey ?? DEFAULT_ROUTE;
  const below = key === DEFAULT_ROUTE ? key : `${httpMethod}${key.slice(key.indexOf(" ") + 1)}`;
  return `arn:aws:execute-api:${region}:${account}:${api.ApiId}/${stage.StageName}/${below}`;
}

const TEXTUAL = new Set(["application/json", "application/xml", "application/javascript"]);

/** Everything else goes to functions as base64, what has no type among it. */
export function isText(contentType: string | undefined): boolean {
  const type = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  return type.startsWith("text/") || TEXTUAL.has(type);
}

export function withStageVariables(text: string, variables: Readonly<Record<string, string>> = {}): string {
  return text.includes("${stageVariables.")
    ? text.replace(/\$\{stageVariables\.([^}]+)\}/g, (_all, name: string) => variables[name] ?? "")
    : text;
}
