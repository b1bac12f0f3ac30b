// An API exported and imported again says the same, in both kinds of OpenAPI, with API Gateway's extensions.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "round-trip" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const body = (document: object) => Buffer.from(JSON.stringify(document));
const invocations = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${name}/invocations`;

const document = {
  openapi: "3.0.1",
  info: { title: "Whole", description: "All of it.", version: "7" },
  "x-amazon-apigateway-api-key-source": "AUTHORIZER",
  "x-amazon-apigateway-binary-media-types": ["image/png"],
  "x-amazon-apigateway-minimum-compression-size": 1024,
  "x-amazon-apigateway-policy": {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" }],
  },
  "x-amazon-apigateway-request-validators": {
    all: { validateRequestBody: true, validateRequestParameters: true },
    body: { validateRequestBody: true, validateRequestParameters: false },
  },
  "x-amazon-apigateway-gateway-responses": {
    UNAUTHORIZED: {
      statusCode: "402",
      responseParameters: { "gatewayresponse.header.X-Why": "'token'" },
      responseTemplates: { "application/json": '{"why":$context.error.messageString}' },
    },
  },
  components: {
    schemas: {
      Pet: { type: "object", properties: { name: { type: "string" }, friends: { $ref: "#/components/schemas/Pets" } } },
      Pets: { type: "array", items: { $ref: "#/components/schemas/Pet" } },
    },
    securitySchemes: {
      api_key: { type: "apiKey", name: "x-api-key", in: "header" },
      asks: {
        type: "apiKey",
        name: "X-Token",
        in: "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
          type: "token",
          authorizerUri: invocations("asks"),
          authorizerResultTtlInSeconds: 60,
          identityValidationExpression: "^x.*",
        },
      },
      looks: {
        type: "apiKey",
        name: "A",
        in: "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
          type: "request",
          authorizerUri: invocations("looks"),
          identitySource: "method.request.header.A, context.stage",
          authorizerResultTtlInSeconds: 0,
        },
      },
      sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
    },
  },
  paths: {
    "/pets/{petId}": {
      put: {
        operationId: "PutPet",
        security: [{ asks: [] }, { api_key: [] }],
        parameters: [
          { name: "petId", in: "path", required: true, schema: { type: "string" } },
          { name: "dry", in: "query", schema: { type: "string" } },
          { name: "X-Who", in: "header", required: true, schema: { type: "string" } },
        ],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
        },
        responses: {
          "200": {
            description: "200 response",
            headers: { "X-Own": { schema: { type: "string" } } },
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          },
          "404": { description: "404 response", content: {} },
        },
        "x-amazon-apigateway-request-validator": "all",
        "x-amazon-apigateway-integration": {
          type: "http",
          httpMethod: "POST",
          uri: "https://example.com/pets/{id}",
          passthroughBehavior: "when_no_templates",
          contentHandling: "CONVERT_TO_TEXT",
          timeoutInMillis: 5000,
          cacheNamespace: "pets",
          cacheKeyParameters: ["method.request.path.petId"],
          tlsConfig: { insecureSkipVerification: true },
          requestParameters: { "integration.request.path.id": "method.request.path.petId" },
          requestTemplates: { "application/json": '{"pet":$input.json("$")}' },
          responses: {
            default: {
              statusCode: "200",
              responseParameters: { "method.response.header.X-Own": "integration.response.header.X-Own" },
              responseTemplates: { "application/json": "$input.body" },
            },
            "4\\d{2}": { statusCode: "404" },
          },
        },
      },
    },
    "/{any+}": {
      "x-amazon-apigateway-any-method": {
        security: [{ looks: [] }],
        parameters: [{ name: "any", in: "path", required: true, schema: { type: "string" } }],
        responses: {},
        "x-amazon-apigateway-integration": {
          type: "aws_proxy",
          httpMethod: "POST",
          uri: invocations("all"),
          credentials: "arn:aws:iam::000000000000:role/calls",
          passthroughBehavior: "when_no_match",
        },
      },
    },
    "/signed": {
      get: {
        security: [{ sigv4: [] }],
        responses: { "200": { description: "200 response", content: {} } },
        "x-amazon-apigateway-integration": {
          type: "mock",
          passthroughBehavior: "never",
          requestTemplates: { "application/json": '{"statusCode": 200}' },
          responses: { default: { statusCode: "200" } },
        },
      },
    },
  },
};

type Exported = Readonly<Record<string, unknown>>;

/** Without the API's address, which is another each time. */
async function exported(restApiId: string, exportType: string): Promise<Exported> {
  await api.createDeployment({ restApiId, stageName: "live" });
  const parameters = { extensions: "apigateway" };
  const { body: bytes = new Uint8Array() } = await api.getExport({
    restApiId,
    stageName: "live",
    exportType,
    parameters,
  });
  const text = Buffer.from(bytes).toString().replaceAll(restApiId, "API");
  const { host: _host, basePath: _base, schemes: _schemes, servers: _servers, ...rest } = JSON.parse(text) as Exported;
  return rest;
}

test.each(["oas30", "swagger"])("%s", async (kind) => {
  const { id: first = "", warnings } = await api.importRestApi({ body: body(document), failOnWarnings: true });
  expect(warnings).toBeUndefined();
  const once = await exported(first, kind);
  const { id: second = "" } = await api.importRestApi({ body: body(once), failOnWarnings: true });
  expect(await exported(second, kind)).toEqual(once);
  if (kind === "oas30") expect(once).toMatchObject(document);
});

test("parameters that are no text are left out with a warning, or stop the import", async () => {
  const integration = { type: "mock", requestParameters: { "integration.request.header.a": true } };
  const get = { responses: {}, "x-amazon-apigateway-integration": integration };
  const odd = body({ openapi: "3.0.1", info: { title: "Odd", version: "1" }, paths: { "/a": { get } } });
  const warning =
    "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.a' of resource '/a' and method 'GET' but got 'true'";
  expect((await api.importRestApi({ body: odd })).warnings).toEqual([warning]);
  await expect(api.importRestApi({ body: odd, failOnWarnings: true })).rejects.toMatchObject({
    name: "BadRequestException",
    message: `Warnings found during import:\n\t${warning}`,
  });
});
