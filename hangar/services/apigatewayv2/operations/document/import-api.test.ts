// HTTP APIs from OpenAPI documents and back, through the SDK client.

import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: ApiGatewayV2;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "apigatewayv2-documents" });
  api = new ApiGatewayV2({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const uri =
  "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:pets/invocations";
const lambda = { type: "aws_proxy", httpMethod: "POST", uri, payloadFormatVersion: "2.0" };

const pets = {
  openapi: "3.0.1",
  info: { title: "pets", version: "2.0", description: "all of them" },
  servers: [{ url: "https://api.example/{base}", variables: { base: { default: "v1" } } }],
  tags: [{ name: "team", "x-amazon-apigateway-tag-value": "zoo" }, { name: "plain" }],
  "x-amazon-apigateway-cors": { allowOrigins: ["https://a.example"], maxAge: 5, allowCredentials: true },
  paths: {
    "/pets/{id}": {
      get: {
        operationId: "getPet",
        security: [{ tokens: ["read"] }],
        "x-amazon-apigateway-integration": { $ref: "#/components/x-amazon-apigateway-integrations/pets" },
      },
      "x-amazon-apigateway-any-method": { security: [{ asked: [] }], "x-amazon-apigateway-integration": lambda },
    },
    "/signed": { put: { security: [{ sigv4: [] }], "x-amazon-apigateway-integration": lambda } },
    "/$default": {
      "x-amazon-apigateway-any-method": { isDefaultRoute: true, "x-amazon-apigateway-integration": lambda },
    },
  },
  components: {
    "x-amazon-apigateway-integrations": { pets: lambda },
    securitySchemes: {
      tokens: {
        type: "oauth2",
        "x-amazon-apigateway-authorizer": {
          type: "jwt",
          identitySource: "$request.header.Authorization",
          jwtConfiguration: { issuer: "https://issuer.example", audience: ["me"] },
        },
      },
      asked: {
        type: "apiKey",
        name: "x",
        in: "header",
        "x-amazon-apigateway-authorizer": {
          type: "request",
          identitySource: "$request.header.A, $request.header.B",
          authorizerUri: uri,
          authorizerPayloadFormatVersion: "2.0",
          enableSimpleResponses: true,
          authorizerResultTtlInSeconds: 60,
        },
      },
      sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
    },
  },
};

const contents = async (ApiId = "") => {
  const { Items: routes = [] } = await api.getRoutes({ ApiId });
  const { Items: authorizers = [] } = await api.getAuthorizers({ ApiId });
  const nameOf = new Map(authorizers.map((each) => [each.AuthorizerId, each.Name]));
  return Object.fromEntries(
    routes.map((route) => [
      route.RouteKey ?? "",
      [route.AuthorizationType, nameOf.get(route.AuthorizerId ?? ""), route.AuthorizationScopes],
    ]),
  );
};

const expected = {
  "GET /pets/{id}": ["JWT", "tokens", ["read"]],
  "ANY /pets/{id}": ["CUSTOM", "asked", undefined],
  "PUT /signed": ["AWS_IAM", undefined, undefined],
  $default: ["NONE", undefined, undefined],
};

test("a document makes an API, and an export makes the same again", async () => {
  const made = await api.importApi({ Body: JSON.stringify(pets) });
  expect(made).toMatchObject({
    Name: "pets",
    Version: "2.0",
    Description: "all of them",
    CorsConfiguration: { AllowOrigins: ["https://a.example"], MaxAge: 5, AllowCredentials: true },
    Tags: { team: "zoo" },
  });
  expect(await contents(made.ApiId)).toEqual(expected);
  expect((await api.getIntegrations({ ApiId: made.ApiId })).Items).toHaveLength(4);
  const { body } = await api.exportApi({ ApiId: made.ApiId, Specification: "OAS30", OutputType: "JSON" });
  const again = await api.importApi({ Body: Buffer.from(body ?? []).toString() });
  expect(await contents(again.ApiId)).toEqual(expected);
  expect(again.CorsConfiguration).toEqual(made.CorsConfiguration);
});

test("an export may be YAML, of a stage, without extensions", async () => {
  const { ApiId } = await api.importApi({ Body: JSON.stringify(pets) });
  await api.createStage({ ApiId, StageName: "dev", AutoDeploy: true });
  const { body } = await api.exportApi({
    ApiId,
    Specification: "OAS30",
    OutputType: "YAML",
    StageName: "dev",
    IncludeExtensions: false,
  });
  const text = Buffer.from(body ?? []).toString();
  const document = parse(text) as { readonly servers: readonly { readonly url: string }[] };
  expect(text).not.toContain("x-amazon-apigateway-integration");
  expect(document.servers[0]?.url).toMatch(new RegExp(`/_aws/execute-api/${ApiId ?? ""}/dev$`));
  await expect(api.exportApi({ ApiId, Specification: "swagger", OutputType: "JSON" })).rejects.toMatchObject({
    name: "BadRequestException",
  });
});

test("a base path goes before the paths where that is asked for", async () => {
  const { ApiId } = await api.importApi({ Body: JSON.stringify(pets), Basepath: "prepend" });
  expect(Object.keys(await contents(ApiId))).toContain("PUT /v1/signed");
});

test("a document takes the place of what an API had", async () => {
  const { ApiId } = await api.createApi({ Name: "old", ProtocolType: "HTTP" });
  await api.createRoute({ ApiId, RouteKey: "GET /old" });
  await api.reimportApi({ ApiId, Body: JSON.stringify(pets) });
  expect(await contents(ApiId)).toEqual(expected);
});

test("a route with an integration that HTTP APIs have not is made without, unless warnings are failures", async () => {
  const Body = JSON.stringify(pets).replaceAll('"aws_proxy"', '"mock"');
  const { ApiId, Warnings } = await api.importApi({ Body });
  expect(Warnings).toContain("Integration type MOCK of route PUT /signed is not supported for HTTP APIs");
  expect(await contents(ApiId)).toEqual(expected);
  expect((await api.getIntegrations({ ApiId })).Items).toEqual([]);
  await expect(api.reimportApi({ ApiId, Body, FailOnWarnings: true })).rejects.toMatchObject({
    name: "BadRequestException",
    message: expect.stringMatching(/^Warnings found during import:\n\tIntegration type MOCK/),
  });
});

const noPool = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_nowhere";

test.each([
  ["no document", "{"],
  ["an older kind", JSON.stringify({ swagger: "2.0", info: { title: "x" }, paths: {} })],
  ["an authorizer that is refused", JSON.stringify(pets).replace("https://issuer.example", "issuer")],
  ["an integration that is refused", JSON.stringify(pets).replaceAll('"2.0"', '"3.0"')],
  ["an issuer that is no user pool", JSON.stringify(pets).replace("https://issuer.example", noPool)],
])("%s changes nothing", async (_what, Body) => {
  const { ApiId } = await api.createApi({ Name: "kept", ProtocolType: "HTTP" });
  await api.createRoute({ ApiId, RouteKey: "GET /kept" });
  await expect(api.reimportApi({ ApiId, Body })).rejects.toMatchObject({ name: "BadRequestException" });
  expect(Object.keys(await contents(ApiId))).toEqual(["GET /kept"]);
});
