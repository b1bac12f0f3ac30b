// Bytes and certificates on the way to endpoints behind WebSocket APIs.

import { createServer as createPlainServer, type Server } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { APIGateway } from "@aws-sdk/client-api-gateway";
import { UpdateStageCommand } from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authorityCertificate, certificateFor } from "../../../../gateway/certificate.ts";
import {
  asked,
  closeSocketCloud,
  integrationOf,
  open,
  socketApi,
  startSocketCloud,
  twoWay,
  urlOf,
  type SocketCloud,
} from "./test-socket-api.ts";

let at: SocketCloud;
let ApiId: string;
let bytes: Server;
let secured: ReturnType<typeof createServer>;
const trusted = getCACertificates("default");

const uriOf = (scheme: string, server: Pick<Server, "address">) =>
  `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`;

beforeAll(async () => {
  at = await startSocketCloud("apigatewayv2-socket-bytes");
  ApiId = await socketApi(at);
  // Answers the bytes that it got, and one more.
  bytes = createPlainServer((request, response) => {
    const got: Buffer[] = [];
    request.on("data", (chunk: Buffer) => got.push(chunk));
    request.on("end", () => response.end(Buffer.concat([...got, Buffer.from([255])])));
  });
  const pair = await certificateFor(undefined);
  setDefaultCACertificates([...trusted, await authorityCertificate()]);
  secured = createServer({ ...pair, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate();
    response.end(String(subject?.CN ?? "nobody"));
  });
  for (const server of [bytes, secured])
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
});

afterAll(async () => {
  setDefaultCACertificates(trusted);
  bytes.close();
  secured.close();
  await closeSocketCloud(at);
});

test("base64 becomes bytes for the endpoint, and its bytes base64 for the client", async () => {
  const http = { IntegrationType: "HTTP", IntegrationMethod: "POST", IntegrationUri: uriOf("http", bytes) } as const;
  const both = await integrationOf(
    at,
    ApiId,
    { ...http, ContentHandlingStrategy: "CONVERT_TO_BINARY" },
    { $default: { ContentHandlingStrategy: "CONVERT_TO_TEXT" } },
  );
  await twoWay(at, ApiId, both, { RouteKey: "$default" });
  const socket = await open(at, urlOf(at, ApiId));
  const sent = Buffer.from([0, 1, 2, 254]);
  expect(await asked(socket, sent.toString("base64"))).toBe(
    Buffer.concat([sent, Buffer.from([255])]).toString("base64"),
  );
});

test("an endpoint with TLS sees the certificate of the stage", async () => {
  const IntegrationUri = uriOf("https", secured);
  const who = await integrationOf(at, ApiId, { IntegrationType: "HTTP", IntegrationMethod: "POST", IntegrationUri });
  await twoWay(at, ApiId, who, { RouteKey: "secured" });
  const socket = await open(at, urlOf(at, ApiId));
  expect(await asked(socket, { action: "secured" })).toBe("nobody");
  const show = (ClientCertificateId: string) =>
    at.gateway.send(new UpdateStageCommand({ ApiId, StageName: "live", ClientCertificateId }));
  await expect(show("none")).rejects.toMatchObject({
    name: "BadRequestException",
    message: "Invalid Client Certificate identifier specified",
  });
  const rest = new APIGateway(at.cloud.clientConfig());
  await show((await rest.generateClientCertificate({})).clientCertificateId ?? "");
  expect(await asked(socket, { action: "secured" })).toBe("ApiGateway");
});
