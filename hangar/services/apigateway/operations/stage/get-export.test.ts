// APIs written as OpenAPI documents through the SDK client, as recorded from AWS, and read back.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "export" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const integration = (path: string, more: object = {}) => ({
  type: "http",
  httpMethod: "GET",
  uri: `http://petstore-demo-endpoint.execute-api.com/petstore/${path}`,
  passthroughBehavior: "when_no_match",
  responses: { default: { statusCode: "200" } },
  ...more,
});
const mapped = { requestParameters: { "integration.request.path.id": "method.request.path.petId" } };
const petId = { name: "petId", in: "path", required: true };

const pets = {
  swagger: "2.0",
  info: { version: "1.0.0", title: "Simple PetStore (Swagger)" },
  "x-amazon-apigateway-binary-media-types": ["image/png", "image/jpg"],
  paths: {
    "/pets": {
      get: { responses: { 200: { description: "ok" } }, "x-amazon-apigateway-integration": integration("pets") },
    },
    "/pets/{petId}": {
      get: {
        parameters: [{ ...petId, type: "string" }],
        responses: { 200: { description: "ok" } },
        "x-amazon-apigateway-integration": integration("pets/{id}", mapped),
      },
    },
  },
};

async function deployed(document: object): Promise<string> {
  const { id: restApiId = "" } = await api.importRestApi({ body: Buffer.from(JSON.stringify(document)) });
  await api.createDeployment({ restApiId, stageName: "local" });
  return restApiId;
}

type Written = { readonly host: string; readonly servers: readonly { readonly url: string }[] };

async function written(restApiId: string, exportType: string, extensions?: string): Promise<Written> {
  const parameters = extensions === undefined ? {} : { extensions };
  const { body } = await api.getExport({ restApiId, stageName: "local", exportType, parameters });
  return JSON.parse(Buffer.from(body ?? "").toString("utf8")) as Written;
}

const ok = { 200: { description: "200 response" } };

test("an API is written as Swagger 2.0, and with its integrations when they are asked for", async () => {
  const restApiId = await deployed(pets);
  const plain = await written(restApiId, "swagger");
  expect(plain).toEqual({
    swagger: "2.0",
    info: { version: "1.0.0", title: "Simple PetStore (Swagger)" },
    host: expect.not.stringContaining("amazonaws.com"),
    basePath: `/_aws/execute-api/${restApiId}/local`,
    schemes: ["http"],
    paths: {
      "/pets": { get: { responses: ok } },
      "/pets/{petId}": { get: { parameters: [{ ...petId, type: "string" }], responses: ok } },
    },
  });
  expect(await written(restApiId, "swagger", "apigateway")).toEqual({
    ...plain,
    paths: {
      "/pets": { get: { responses: ok, "x-amazon-apigateway-integration": integration("pets") } },
      "/pets/{petId}": {
        get: {
          parameters: [{ ...petId, type: "string" }],
          responses: ok,
          "x-amazon-apigateway-integration": integration("pets/{id}", mapped),
        },
      },
    },
    "x-amazon-apigateway-binary-media-types": ["image/png", "image/jpg"],
  });
});

test("an API is written as OpenAPI 3, as JSON or YAML", async () => {
  const restApiId = await deployed(pets);
  const open = { 200: { description: "200 response", content: {} } };
  const document = await written(restApiId, "oas30");
  expect(document).toEqual({
    openapi: "3.0.1",
    info: { version: "1.0.0", title: "Simple PetStore (Swagger)" },
    servers: [
      {
        url: expect.stringMatching(new RegExp(`/_aws/execute-api/${restApiId}/\\{basePath\\}$`)),
        variables: { basePath: { default: "local" } },
      },
    ],
    paths: {
      "/pets": { get: { responses: open } },
      "/pets/{petId}": { get: { parameters: [{ ...petId, schema: { type: "string" } }], responses: open } },
    },
    components: {},
  });
  const place = { restApiId, stageName: "local", exportType: "oas30" };
  const yaml = await api.getExport({ ...place, accepts: "application/yaml" });
  expect(parse(Buffer.from(yaml.body ?? "").toString("utf8"))).toEqual(document);
  expect([yaml.contentType, yaml.contentDisposition]).toEqual([
    "application/octet-stream",
    'attachment; filename="oas30_1.0.0.yaml"',
  ]);
});

const shop = {
  openapi: "3.0.1",
  info: { title: "Shop", version: "2" },
  "x-amazon-apigateway-request-validators": { all: { validateRequestBody: true, validateRequestParameters: true } },
  "x-amazon-apigateway-gateway-responses": {
    ACCESS_DENIED: { statusCode: "401", responseParameters: {}, responseTemplates: { "application/json": "{}" } },
  },
  components: {
    schemas: {
      Pet: { type: "object", properties: { kind: { $ref: "#/components/schemas/Kind" } } },
      Kind: { type: "string" },
      Unused: { type: "string" },
    },
    securitySchemes: {
      api_key: { type: "apiKey", name: "x-api-key", in: "header" },
      sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
      pool: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "cognito_user_pools",
        "x-amazon-apigateway-authorizer": {
          type: "cognito_user_pools",
          identitySource: "method.request.header.Authorization",
          providerARNs: ["arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_abc"],
        },
      },
    },
  },
  paths: {
    "/pets": {
      put: {
        operationId: "PutPet",
        parameters: [{ name: "q", in: "query", required: true, schema: { type: "string" } }],
        requestBody: {
          content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          required: true,
        },
        responses: {
          201: {
            description: "201 response",
            headers: { "x-a": { schema: { type: "string" } } },
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          },
        },
        security: [{ pool: ["email"] }, { api_key: [] }],
        "x-amazon-apigateway-request-validator": "all",
        "x-amazon-apigateway-integration": {
          type: "mock",
          passthroughBehavior: "never",
          timeoutInMillis: 1000,
          requestTemplates: { "application/json": '{"statusCode":200}' },
          responses: { default: { statusCode: "201", responseParameters: { "method.response.header.x-a": "'b'" } } },
        },
      },
      "x-amazon-apigateway-any-method": {
        responses: {},
        security: [{ sigv4: [] }],
        "x-amazon-apigateway-integration": { type: "mock", passthroughBehavior: "when_no_match" },
      },
    },
  },
};

test("what is written with all extensions is what was read, less what nothing uses", async () => {
  const document = await written(await deployed(shop), "oas30", "integrations,authorizers,apigateway");
  const { Unused: _unused, ...schemas } = shop.components.schemas;
  expect(document).toEqual({
    ...shop,
    servers: expect.any(Array) as unknown,
    components: { ...shop.components, schemas },
  });
});

test("an export has a kind that AWS knows, of a stage that is there", async () => {
  const restApiId = await deployed(pets);
  const place = { restApiId, stageName: "local", exportType: "swagger" };
  await expect(api.getExport({ ...place, exportType: "raml" })).rejects.toMatchObject({ name: "BadRequestException" });
  await expect(api.getExport({ ...place, stageName: "none" })).rejects.toMatchObject({ name: "NotFoundException" });
  await expect(api.getExport({ ...place, parameters: { extensions: "postman" } })).rejects.toMatchObject({
    name: "NotEmulated",
  });
});
