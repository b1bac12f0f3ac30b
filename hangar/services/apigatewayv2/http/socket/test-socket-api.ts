// What the suites of WebSocket APIs share: a cloud with APIs and their two-way routes, and real clients that connect.

import { once } from "node:events";
import {
  CreateApiCommand,
  CreateIntegrationResponseCommand,
  CreateRouteResponseCommand,
  CreateStageCommand,
  type CreateApiCommandInput,
  type CreateIntegrationCommandInput,
  type CreateIntegrationResponseCommandInput,
  type CreateRouteCommandInput,
  type CreateStageCommandInput,
} from "@aws-sdk/client-apigatewayv2";
import { WebSocket, type ClientOptions } from "ws";
import { expect } from "vitest";
import { addRoute, makeIntegration, startApiCloud, type ApiCloud } from "../test-http-api.ts";

export type SocketCloud = ApiCloud & { readonly sockets: WebSocket[] };

export async function startSocketCloud(seed: string): Promise<SocketCloud> {
  return { ...(await startApiCloud(seed)), sockets: [] };
}

export async function closeSocketCloud({ cloud, sockets }: SocketCloud): Promise<void> {
  for (const socket of sockets) socket.terminate();
  await cloud.settle();
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
}

/** An API whose stage `live` deploys by itself. */
export async function socketApi(
  { gateway }: SocketCloud,
  stage: Partial<CreateStageCommandInput> = {},
  api: Partial<CreateApiCommandInput> = {},
): Promise<string> {
  const own = { Name: "chat", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" } as const;
  const { ApiId = "" } = await gateway.send(new CreateApiCommand({ ...own, ...api }));
  await gateway.send(new CreateStageCommand({ StageName: "live", AutoDeploy: true, ...stage, ApiId }));
  return ApiId;
}

export const lambdaUri = (arn: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;

export function proxy(at: SocketCloud, ApiId: string, arn: string): Promise<string> {
  return makeIntegration(at, ApiId, { IntegrationUri: lambdaUri(arn), PayloadFormatVersion: undefined });
}

/** A route that answers its messages. */
export async function twoWay(
  at: SocketCloud,
  ApiId: string,
  integration: string,
  route: Partial<CreateRouteCommandInput>,
): Promise<void> {
  const RouteId = await addRoute(at, ApiId, integration, { ...route, RouteResponseSelectionExpression: "$default" });
  await at.gateway.send(new CreateRouteResponseCommand({ ApiId, RouteId, RouteResponseKey: "$default" }));
}

type Response = Omit<CreateIntegrationResponseCommandInput, "ApiId" | "IntegrationId">;

/** An integration with its responses; those given as text are templates. */
export async function integrationOf(
  at: SocketCloud,
  ApiId: string,
  integration: Partial<CreateIntegrationCommandInput>,
  responses: Readonly<Record<string, string | Partial<Response>>> = {},
): Promise<string> {
  const IntegrationId = await makeIntegration(at, ApiId, { PayloadFormatVersion: undefined, ...integration });
  for (const [IntegrationResponseKey, said] of Object.entries(responses)) {
    const settings = typeof said === "string" ? { ResponseTemplates: { $default: said } } : said;
    await at.gateway.send(
      new CreateIntegrationResponseCommand({ ...settings, ApiId, IntegrationId, IntegrationResponseKey }),
    );
  }
  return IntegrationId;
}

export function urlOf({ cloud }: SocketCloud, api: string, port = cloud.port): string {
  return `ws://127.0.0.1:${port}/_aws/execute-api/${api}/live`;
}

export type Client = ClientOptions & { readonly protocol?: string };

export async function open(at: SocketCloud, url: string, client: Client = {}): Promise<WebSocket> {
  const { protocol = [], ...options } = client;
  const socket = new WebSocket(url, protocol, options);
  at.sockets.push(socket);
  await once(socket, "open");
  return socket;
}

/** The status and words that a connection is refused with. */
export async function refusal(
  url: string,
  options: ClientOptions = {},
): Promise<{ readonly status: number; readonly message: string }> {
  const socket = new WebSocket(url, options);
  socket.on("error", () => undefined);
  const [, response] = (await once(socket, "unexpected-response")) as [
    unknown,
    AsyncIterable<Buffer> & { readonly statusCode: number },
  ];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const { message } = JSON.parse(Buffer.concat(chunks).toString()) as { message: string };
  return { status: response.statusCode, message };
}

export async function asked(socket: WebSocket, message: object | string): Promise<string> {
  const answer = once(socket, "message") as Promise<[Buffer]>;
  socket.send(typeof message === "string" ? message : JSON.stringify(message));
  return (await answer)[0].toString();
}
