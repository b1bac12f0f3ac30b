// The control plane of WebSocket APIs through the SDK client: what they have beside HTTP APIs, and what they lack.

import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let api: ApiGatewayV2;
let ApiId: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "apigatewayv2-web-socket" });
  api = new ApiGatewayV2({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  const made = await api.createApi({
    Name: "chat",
    ProtocolType: "WEBSOCKET",
    RouteSelectionExpression: "$request.body.action",
  });
  ApiId = made.ApiId ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const bad = { name: "BadRequestException" };
const conflict = { name: "ConflictException" };
const missing = { name: "NotFoundException" };
const answer = <Output extends { $metadata: unknown }>({ $metadata: _facts, ...rest }: Output) => rest;
const LAMBDA =
  "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations";

test("an API says what selects its routes, and has neither CORS nor quick create", async () => {
  expect((await api.getApi({ ApiId })).ApiEndpoint).toMatch(/^wss?:\/\/.*\/_aws\/execute-api\/[a-z0-9]{10}$/);
  const socket = { Name: "x", ProtocolType: "WEBSOCKET" } as const;
  const RouteSelectionExpression = "$request.body.action";
  await expect(api.createApi(socket)).rejects.toMatchObject(bad);
  await expect(
    api.createApi({ ...socket, RouteSelectionExpression, CorsConfiguration: { AllowOrigins: ["*"] } }),
  ).rejects.toMatchObject(bad);
  await expect(api.createApi({ ...socket, RouteSelectionExpression, Target: LAMBDA })).rejects.toMatchObject(bad);
});

test("an integration is shown with AWS's defaults, and ends after 29 seconds", async () => {
  const made = await api.createIntegration({ ApiId, IntegrationType: "AWS_PROXY", IntegrationUri: LAMBDA });
  expect(answer(made)).toEqual({
    ConnectionType: "INTERNET",
    IntegrationId: expect.any(String) as string,
    IntegrationResponseSelectionExpression: "${integration.response.body.errorMessage}",
    IntegrationType: "AWS_PROXY",
    IntegrationUri: LAMBDA,
    PassthroughBehavior: "WHEN_NO_MATCH",
    PayloadFormatVersion: "1.0",
    TimeoutInMillis: 29_000,
  });
  await expect(
    api.createIntegration({ ApiId, IntegrationType: "MOCK", TimeoutInMillis: 30_000 }),
  ).rejects.toMatchObject(bad);
});

test("only $connect is guarded", async () => {
  await api.createRoute({ ApiId, RouteKey: "$connect", AuthorizationType: "AWS_IAM" });
  await expect(api.createRoute({ ApiId, RouteKey: "say", AuthorizationType: "AWS_IAM" })).rejects.toMatchObject({
    ...bad,
    message: "Currently, authorization is restricted to the $connect route only",
  });
  await expect(
    api.createAuthorizer({
      ApiId,
      Name: "jwt",
      AuthorizerType: "JWT",
      IdentitySource: ["route.request.header.Auth"],
      JwtConfiguration: { Issuer: "https://a.example", Audience: ["me"] },
    }),
  ).rejects.toMatchObject(bad);
});

test("responses of routes are kept, shown, changed and deleted", async () => {
  const { RouteId = "" } = await api.createRoute({
    ApiId,
    RouteKey: "say",
    RouteResponseSelectionExpression: "$default",
  });
  const place = { ApiId, RouteId };
  const { RouteResponseId = "" } = await api.createRouteResponse({ ...place, RouteResponseKey: "$default" });
  expect(answer(await api.getRouteResponse({ ...place, RouteResponseId }))).toEqual({
    RouteResponseId,
    RouteResponseKey: "$default",
  });
  await expect(api.createRouteResponse({ ...place, RouteResponseKey: "$default" })).rejects.toMatchObject(conflict);
  await expect(api.createRouteResponse({ ...place, RouteResponseKey: "other" })).rejects.toMatchObject(bad);
  await api.updateRouteResponse({ ...place, RouteResponseId, ModelSelectionExpression: "$request.body.kind" });
  expect((await api.getRouteResponses(place)).Items).toMatchObject([
    { ModelSelectionExpression: "$request.body.kind" },
  ]);
  await api.deleteRouteResponse({ ...place, RouteResponseId });
  await expect(api.getRouteResponse({ ...place, RouteResponseId })).rejects.toMatchObject(missing);
});

test("responses of integrations are kept, shown, changed and deleted", async () => {
  const { IntegrationId = "" } = await api.createIntegration({ ApiId, IntegrationType: "MOCK" });
  const place = { ApiId, IntegrationId };
  const { IntegrationResponseId = "" } = await api.createIntegrationResponse({
    ...place,
    IntegrationResponseKey: "/4\\d{2}/",
    ResponseTemplates: { $default: "x" },
  });
  expect(answer(await api.getIntegrationResponse({ ...place, IntegrationResponseId }))).toEqual({
    IntegrationResponseId,
    IntegrationResponseKey: "/4\\d{2}/",
    ResponseTemplates: { $default: "x" },
  });
  await expect(api.createIntegrationResponse({ ...place, IntegrationResponseKey: "/4\\d{2}/" })).rejects.toMatchObject(
    conflict,
  );
  await expect(api.createIntegrationResponse({ ...place, IntegrationResponseKey: "4" })).rejects.toMatchObject(bad);
  await api.updateIntegrationResponse({ ...place, IntegrationResponseId, TemplateSelectionExpression: "a" });
  expect((await api.getIntegrationResponses(place)).Items).toMatchObject([{ TemplateSelectionExpression: "a" }]);
  await api.deleteIntegrationResponse({ ...place, IntegrationResponseId });
  await expect(api.getIntegrationResponse({ ...place, IntegrationResponseId })).rejects.toMatchObject(missing);
});
