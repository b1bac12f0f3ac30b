// How many routes, integrations, authorizers and stages an API may have.

import { ApiGatewayV2, type CreateAuthorizerCommandInput } from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: ApiGatewayV2;
let ApiId: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "apigatewayv2.quotas" });
  api = new ApiGatewayV2({ ...cloud.clientConfig(), maxAttempts: 1 });
  ApiId = (await api.createApi({ Name: "shop", ProtocolType: "HTTP" })).ApiId ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const LAMBDA = "arn:aws:lambda:us-east-1:000000000000:function:shop";
const AUTHORIZER: Omit<CreateAuthorizerCommandInput, "ApiId" | "Name"> = {
  AuthorizerType: "JWT",
  IdentitySource: ["$request.header.Authorization"],
  JwtConfiguration: { Audience: ["web"], Issuer: "https://issuer.example.com" },
};

test("a document has no more routes either", async () => {
  const responses = { default: { description: "any" } };
  const paths = Object.fromEntries(Array.from({ length: 301 }, (_each, at) => [`/${at}`, { get: { responses } }]));
  const document = { openapi: "3.0.1", info: { title: "large", version: "1" }, paths };
  await expect(api.importApi({ Body: JSON.stringify(document) })).rejects.toMatchObject({
    name: "TooManyRequestsException",
  });
});

test.each<[string, number, (at: number) => Promise<unknown>]>([
  ["routes", 300, (at) => api.createRoute({ ApiId, RouteKey: `GET /${at}` })],
  [
    "integrations",
    300,
    () =>
      api.createIntegration({
        ApiId,
        IntegrationType: "AWS_PROXY",
        IntegrationUri: LAMBDA,
        PayloadFormatVersion: "2.0",
      }),
  ],
  ["authorizers", 10, (at) => api.createAuthorizer({ ApiId, Name: `a${at}`, ...AUTHORIZER })],
  ["stages", 10, (at) => api.createStage({ ApiId, StageName: `s${at}` })],
])("an API has no more %s than %i", async (things, most, create) => {
  for (let at = 0; at < most; at += 1) await create(at);
  await expect(create(most)).rejects.toMatchObject({
    name: "TooManyRequestsException",
    message: `Maximum number of ${things} for this API has been reached. Please contact AWS if you need additional ${things}.`,
    $metadata: { httpStatusCode: 429 },
  });
});
