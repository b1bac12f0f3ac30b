// What custom domain names and usage plans ask of HTTP and WebSocket APIs.

import type { OpenSocket } from "../cloud/connections.ts";
import type { HttpRequest, HttpResponse, TakenSocket } from "../cloud/service.ts";

/** Where a mapping leads. */
export type MappedRequest = {
  readonly apiId: string;
  readonly stage: string;
  /** Raw, below the base path. */
  readonly path: string;
  /** Raw, as the caller wrote it. */
  readonly fullPath: string;
  readonly domainName: string;
  readonly basePath: string;
};

/** Whom a WebSocket API took. */
export type ConnectedClient = Pick<TakenSocket, "headers" | "limits">;

export type HttpApisPort = {
  serve(request: HttpRequest, mapped: MappedRequest): Promise<HttpResponse>;
  /** A client that wants to connect to a WebSocket API. What becomes of it is told through ports of later contexts. */
  connect(request: HttpRequest, mapped: MappedRequest): Promise<ConnectedClient | HttpResponse>;
  /** Whether a WebSocket API has such a stage. */
  hasWebSocketStage(apiId: string, stage: string): Promise<boolean>;
  opened(client: ConnectedClient, socket: OpenSocket): Promise<void>;
  message(client: ConnectedClient, data: Buffer): Promise<void>;
  closed(client: ConnectedClient, code: number, reason: string): Promise<void>;
};
