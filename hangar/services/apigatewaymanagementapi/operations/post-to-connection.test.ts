// Calls about a client that is connected to a WebSocket API, through the SDK client.

import { once } from "node:events";
import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { ApiGatewayManagementApi } from "@aws-sdk/client-apigatewaymanagementapi";
import { WebSocket } from "ws";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let management: ApiGatewayManagementApi;
let url: string;

beforeAll(async () => {
  cloud = await startCloud({ seed: "connections" });
  const api = new ApiGatewayV2({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { ApiId } = await api.createApi({
    Name: "who",
    ProtocolType: "WEBSOCKET",
    RouteSelectionExpression: "$request.body.action",
  });
  const { IntegrationId } = await api.createIntegration({ ApiId, IntegrationType: "MOCK" });
  await api.createIntegrationResponse({
    ApiId,
    IntegrationId,
    IntegrationResponseKey: "$default",
    ResponseTemplates: { $default: "$context.connectionId" },
  });
  const { RouteId } = await api.createRoute({
    ApiId,
    RouteKey: "$default",
    Target: `integrations/${IntegrationId ?? ""}`,
    RouteResponseSelectionExpression: "$default",
  });
  await api.createRouteResponse({ ApiId, RouteId, RouteResponseKey: "$default" });
  await api.createStage({ ApiId, StageName: "live", AutoDeploy: true });
  const path = `/_aws/execute-api/${ApiId ?? ""}/live`;
  url = `ws://127.0.0.1:${cloud.port}${path}`;
  management = new ApiGatewayManagementApi({
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    endpoint: `${cloud.endpoint}${path}`,
    maxAttempts: 1,
  });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a client is written to, told of and sent away; then it is gone", async () => {
  const socket = new WebSocket(url);
  await once(socket, "open");
  const next = async (): Promise<string> => ((await once(socket, "message")) as [Buffer])[0].toString();
  const named = next();
  socket.send("who");
  const ConnectionId = await named;
  const message = next();
  await management.postToConnection({ ConnectionId, Data: "hello" });
  expect(await message).toBe("hello");
  const { ConnectedAt, LastActiveAt, Identity } = await management.getConnection({ ConnectionId });
  expect([ConnectedAt instanceof Date, Identity?.SourceIp]).toEqual([true, "127.0.0.1"]);
  expect(LastActiveAt?.getTime()).toBeGreaterThanOrEqual(ConnectedAt?.getTime() ?? Number.NaN);
  const closed = once(socket, "close") as Promise<[number]>;
  await management.deleteConnection({ ConnectionId });
  expect((await closed)[0]).toBe(1000);
  const gone = { name: "GoneException", $metadata: { httpStatusCode: 410 } };
  await expect(management.getConnection({ ConnectionId })).rejects.toMatchObject(gone);
  await expect(management.postToConnection({ ConnectionId, Data: "x" })).rejects.toMatchObject(gone);
  await expect(management.deleteConnection({ ConnectionId })).rejects.toMatchObject(gone);
});
