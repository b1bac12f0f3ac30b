// A client of a WebSocket API while it is connected, and one event of it on its way through the API.

import type { Connection } from "../../../../cloud/connections.ts";
import type { Caller } from "../../../../cloud/operation.ts";
import type { CompiledApi } from "../../rules/compiled-api.ts";
import type { IntegrationRun } from "./integration-run.ts";
import type { ApiGatewayV2Context, ApiRow, StageRow } from "../../store.ts";

/** What holds as long as the connection does. */
export type Session = {
  readonly connection: Connection;
  readonly domainName: string;
  /** Of the request to connect, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly rawHeaders: readonly string[];
  readonly query: ReadonlyMap<string, readonly string[]>;
  /** What the authorizer said when it connected. */
  authorizer: Readonly<Record<string, unknown>> | undefined;
  /** The API key that the authorizer gave. */
  usageIdentifierKey: string | undefined;
};

export type SocketEvent = {
  readonly session: Session;
  readonly context: ApiGatewayV2Context;
  readonly account: string;
  readonly region: string;
  readonly api: ApiRow;
  readonly stage: StageRow;
  readonly compiled: CompiledApi;
  readonly eventType: "CONNECT" | "MESSAGE" | "DISCONNECT";
  readonly routeKey: string;
  readonly requestId: string;
  readonly messageId: string | undefined;
  readonly body: string;
  readonly startedAt: number;
  readonly sourceIp: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of a disconnection. */
  readonly end: { readonly code: number; readonly reason: string } | undefined;
  caller: Caller | undefined;
  apiKey: { readonly id: string; readonly value: string } | undefined;
  /** Of the backend, once it answered. */
  integration: IntegrationRun | undefined;
};
