// Authorizers of HTTP APIs through the SDK client.

import { ApiGatewayV2, type CreateAuthorizerCommandInput } from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: ApiGatewayV2;
let ApiId: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "apigatewayv2-authorizers" });
  api = new ApiGatewayV2({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  ApiId = (await api.createApi({ Name: "shop", ProtocolType: "HTTP" })).ApiId ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const bad = (message?: string | RegExp) => ({
  name: "BadRequestException",
  ...(message === undefined ? {} : { message: expect.stringMatching(message) as string }),
});
const conflict = { name: "ConflictException" };
const answer = <Output extends { $metadata: unknown }>({ $metadata: _facts, ...rest }: Output) => rest;
const LAMBDA = "arn:aws:lambda:us-east-1:000000000000:function:shop";

const jwt = {
  Name: "jwt",
  AuthorizerType: "JWT" as const,
  IdentitySource: ["$request.header.Authorization"],
  JwtConfiguration: { Issuer: "https://issuer.example", Audience: ["me"] },
} satisfies Partial<CreateAuthorizerCommandInput>;

test("authorizers are kept, shown, changed and deleted", async () => {
  const { AuthorizerId = "" } = await api.createAuthorizer({
    ApiId,
    ...jwt,
    IdentitySource: [...jwt.IdentitySource],
  });
  const { RouteId } = await api.createRoute({
    ApiId,
    RouteKey: "GET /",
    AuthorizationType: "JWT",
    AuthorizerId,
    AuthorizationScopes: ["a"],
  });
  expect(answer(await api.getAuthorizer({ ApiId, AuthorizerId }))).toEqual({ AuthorizerId, ...jwt });
  await api.updateAuthorizer({ ApiId, AuthorizerId, Name: "other" });
  expect((await api.getAuthorizers({ ApiId })).Items).toMatchObject([{ Name: "other" }]);
  await expect(api.deleteAuthorizer({ ApiId, AuthorizerId })).rejects.toMatchObject(conflict);
  await api.updateRoute({ ApiId, RouteId, AuthorizationType: "NONE" });
  const { AuthorizerId: none, AuthorizationScopes } = await api.getRoute({ ApiId, RouteId });
  expect([none, AuthorizationScopes]).toEqual([undefined, undefined]);
  await api.deleteAuthorizer({ ApiId, AuthorizerId });
  expect((await api.getAuthorizers({ ApiId })).Items).toEqual([]);
});

test.each<[string, object]>([
  ["without an issuer", { JwtConfiguration: { Audience: ["me"] } }],
  ["with a plain issuer far away", { JwtConfiguration: { Issuer: "http://issuer.example", Audience: ["me"] } }],
  ["with two identity sources", { IdentitySource: ["$request.header.A", "$request.header.B"] }],
  ["that is a function nobody names", { AuthorizerType: "REQUEST" }],
  ["that is a function without a format", { AuthorizerType: "REQUEST", AuthorizerUri: LAMBDA }],
  [
    "of format 1.0 with simple answers",
    {
      AuthorizerType: "REQUEST",
      AuthorizerUri: LAMBDA,
      AuthorizerPayloadFormatVersion: "1.0",
      EnableSimpleResponses: true,
    },
  ],
])("one %s is refused", async (_what, wrong) => {
  await expect(api.createAuthorizer({ ApiId, ...jwt, ...wrong } as never)).rejects.toMatchObject(bad());
});
