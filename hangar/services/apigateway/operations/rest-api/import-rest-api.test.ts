// REST APIs out of OpenAPI documents through the SDK client.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "import" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const body = (document: object | string) =>
  Buffer.from(typeof document === "string" ? document : JSON.stringify(document));
const answer = <Output extends { $metadata: unknown }>({ $metadata: _facts, ...rest }: Output) => rest;
const invocation = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${name}/invocations`;

async function made(document: object | string, parameters: Record<string, string> = {}): Promise<string> {
  return (await api.importRestApi({ body: body(document), parameters })).id ?? "";
}

async function places(restApiId: string): Promise<Record<string, string>> {
  const { items = [] } = await api.getResources({ restApiId });
  return Object.fromEntries(items.map((item) => [item.path ?? "", item.id ?? ""]));
}

const swagger = {
  swagger: "2.0",
  info: { version: "1.0", title: "PetStore", description: "pets" },
  basePath: "/base/part",
  schemes: ["https"],
  "x-amazon-apigateway-binary-media-types": ["image/png"],
  "x-amazon-apigateway-request-validators": { basic: { validateRequestBody: true, validateRequestParameters: "true" } },
  "x-amazon-apigateway-gateway-responses": { DEFAULT_4XX: { statusCode: 404 } },
  securityDefinitions: {
    auth: {
      type: "apiKey",
      name: "Authorization",
      in: "header",
      "x-amazon-apigateway-authtype": "oauth2",
      "x-amazon-apigateway-authorizer": {
        type: "token",
        authorizerUri: invocation("auth"),
        authorizerResultTtlInSeconds: 60,
        identityValidationExpression: "^x-[a-z]+",
      },
    },
    api_key: { type: "apiKey", name: "x-api-key", in: "header" },
    sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
  },
  definitions: {
    Pet: { type: "object", properties: { type: { $ref: "#/definitions/PetType" } } },
    PetType: { type: "string", enum: ["dog", "cat"] },
    Empty: { type: "object" },
  },
  paths: {
    "/": { get: { responses: {} } },
    "/pets/{petId}": {
      parameters: [{ name: "petId", in: "path", required: true, type: "string" }],
      post: {
        operationId: "CreatePet",
        consumes: ["application/json"],
        produces: ["application/json"],
        parameters: [
          { name: "page", in: "query", type: "string" },
          { name: "x-token", in: "header", required: true, type: "string" },
          { name: "pet", in: "body", schema: { $ref: "#/definitions/Pet" } },
        ],
        responses: {
          200: {
            description: "ok",
            schema: { $ref: "#/definitions/Empty" },
            headers: { "Access-Control-Allow-Origin": { type: "string" } },
          },
          default: { description: "other" },
        },
        security: [{ auth: [] }, { api_key: [] }],
        "x-amazon-apigateway-request-validator": "basic",
        "x-amazon-apigateway-integration": {
          type: "http",
          httpMethod: "post",
          uri: "http://petstore.example.com/pets/{petId}",
          passthroughBehavior: "when_no_match",
          requestParameters: { "integration.request.path.petId": "method.request.path.petId" },
          responses: {
            default: {
              statusCode: 200,
              responseParameters: { "method.response.header.Access-Control-Allow-Origin": "'*'" },
            },
            "4\\d{2}": { statusCode: "400", responseTemplates: { "application/json": "{}" } },
          },
        },
      },
      "x-amazon-apigateway-any-method": {
        security: [{ sigv4: [] }],
        "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri: invocation("pets") },
      },
    },
  },
};

test("a Swagger document becomes resources, methods, models, validators and authorizers", async () => {
  const imported = await api.importRestApi({ body: body(swagger) });
  const restApiId = imported.id ?? "";
  expect([imported.$metadata.httpStatusCode, answer(imported)]).toEqual([
    201,
    {
      id: restApiId,
      rootResourceId: expect.any(String),
      name: "PetStore",
      description: "pets",
      version: "1.0",
      createdDate: expect.any(Date),
      apiKeySource: "HEADER",
      binaryMediaTypes: ["image/png"],
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ["EDGE"], ipAddressType: "ipv4" },
    },
  ]);
  const tree = await places(restApiId);
  expect(Object.keys(tree)).toEqual(["/", "/pets", "/pets/{petId}"]);
  const { items: models = [] } = await api.getModels({ restApiId });
  expect(models.map((model) => [model.name, JSON.parse(model.schema ?? "")])).toEqual([
    ["Empty", { type: "object" }],
    [
      "Pet",
      {
        type: "object",
        properties: { type: { $ref: `https://apigateway.amazonaws.com/restapis/${restApiId}/models/PetType` } },
      },
    ],
    ["PetType", { type: "string", enum: ["dog", "cat"] }],
  ]);
  const [validator] = (await api.getRequestValidators({ restApiId })).items ?? [];
  expect(validator).toMatchObject({ name: "basic", validateRequestBody: true, validateRequestParameters: true });
  const [authorizer] = (await api.getAuthorizers({ restApiId })).items ?? [];
  expect(authorizer).toEqual({
    id: expect.any(String),
    name: "auth",
    type: "TOKEN",
    authType: "oauth2",
    authorizerUri: invocation("auth"),
    authorizerResultTtlInSeconds: 60,
    identitySource: "method.request.header.Authorization",
    identityValidationExpression: "^x-[a-z]+",
  });
  const resourceId = tree["/pets/{petId}"] ?? "";
  const usual = { cacheNamespace: resourceId, cacheKeyParameters: [], timeoutInMillis: 29_000 };
  expect(answer(await api.getMethod({ restApiId, resourceId, httpMethod: "POST" }))).toEqual({
    httpMethod: "POST",
    authorizationType: "CUSTOM",
    authorizerId: authorizer?.id,
    apiKeyRequired: true,
    operationName: "CreatePet",
    requestValidatorId: validator?.id,
    requestModels: { "application/json": "Pet" },
    requestParameters: {
      "method.request.path.petId": true,
      "method.request.querystring.page": false,
      "method.request.header.x-token": true,
    },
    methodResponses: {
      "200": {
        statusCode: "200",
        responseModels: { "application/json": "Empty" },
        responseParameters: { "method.response.header.Access-Control-Allow-Origin": false },
      },
    },
    methodIntegration: {
      ...usual,
      type: "HTTP",
      httpMethod: "POST",
      connectionType: "INTERNET",
      uri: "http://petstore.example.com/pets/{petId}",
      passthroughBehavior: "WHEN_NO_MATCH",
      requestParameters: { "integration.request.path.petId": "method.request.path.petId" },
      integrationResponses: {
        "200": {
          statusCode: "200",
          responseParameters: { "method.response.header.Access-Control-Allow-Origin": "'*'" },
        },
        "400": { statusCode: "400", selectionPattern: "4\\d{2}", responseTemplates: { "application/json": "{}" } },
      },
    },
  });
  expect(answer(await api.getMethod({ restApiId, resourceId, httpMethod: "ANY" }))).toEqual({
    httpMethod: "ANY",
    authorizationType: "AWS_IAM",
    apiKeyRequired: false,
    requestParameters: { "method.request.path.petId": true },
    methodIntegration: {
      ...usual,
      type: "AWS_PROXY",
      httpMethod: "POST",
      uri: invocation("pets"),
      passthroughBehavior: "WHEN_NO_MATCH",
    },
  });
  const response = await api.getGatewayResponse({ restApiId, responseType: "DEFAULT_4XX" });
  expect([response.statusCode, response.defaultResponse]).toEqual(["404", false]);
});

test.each([
  ["ignore", ["/", "/pets", "/pets/{petId}"]],
  ["prepend", ["/", "/base", "/base/part", "/base/part/pets", "/base/part/pets/{petId}"]],
  ["split", ["/", "/part", "/part/pets", "/part/pets/{petId}"]],
])("a base path is taken in the %s way", async (basepath, expected) => {
  expect(Object.keys(await places(await made(swagger, { basepath })))).toEqual(expected);
});

test("overwriting replaces what the document does not name; paths that stay keep their ids", async () => {
  const restApiId = await made(swagger);
  const before = await places(restApiId);
  const put = await api.putRestApi({
    restApiId,
    mode: "overwrite",
    body: body({
      swagger: "2.0",
      info: { title: "New", version: "2" },
      "x-amazon-apigateway-binary-media-types": ["image/jpg"],
      paths: { "/pets": { get: { responses: {} } } },
    }),
  });
  expect([
    put.$metadata.httpStatusCode,
    put.name,
    put.version,
    put.description,
    put.binaryMediaTypes,
    put.tags,
  ]).toEqual([200, "New", "2", undefined, ["image/jpg"], {}]);
  const after = await places(restApiId);
  expect(after).toEqual({ "/": before["/"], "/pets": before["/pets"] });
  expect((await api.getModels({ restApiId })).items).toEqual([]);
  expect((await api.getAuthorizers({ restApiId })).items).toEqual([]);
  const root = await api.getResource({ restApiId, resourceId: after["/"] ?? "" });
  expect(root.resourceMethods).toBeUndefined();
});

test("merging keeps what the document does not name", async () => {
  const { id: restApiId = "" } = await api.createRestApi({ name: "old", binaryMediaTypes: ["image/heif"] });
  const put = await api.putRestApi({ restApiId, mode: "merge", body: body(swagger) });
  expect([put.name, put.binaryMediaTypes]).toEqual(["PetStore", ["image/heif", "image/png"]]);
  const again = {
    swagger: "2.0",
    info: { title: "Again", version: "3" },
    paths: { "/shops": { get: { responses: {} } }, "/pets/{petId}": { post: { responses: {} } } },
  };
  const before = await places(restApiId);
  await api.putRestApi({ restApiId, body: body(again) });
  const after = await places(restApiId);
  expect(after).toEqual({ ...before, "/shops": expect.any(String) });
  const { resourceMethods } = await api.getResource({ restApiId, resourceId: after["/pets/{petId}"] ?? "" });
  expect(Object.keys(resourceMethods ?? {})).toEqual(["ANY", "POST"]);
  const names = (await api.getModels({ restApiId })).items?.map((model) => model.name);
  expect(names).toEqual(["Empty", "Error", "Pet", "PetType"]);
});

test.each(["{", "- a\n  b: :", "just text", '{"swagger":"2.0"}', '{"swagger":"1.2","info":{"title":"x"}}'])(
  "%j is no OpenAPI document",
  async (text) => {
    await expect(made(text)).rejects.toMatchObject({
      name: "BadRequestException",
      message: "Invalid OpenAPI input.",
    });
  },
);

test("a document that is wrong in part changes nothing", async () => {
  const restApiId = await made(swagger);
  const before = await places(restApiId);
  const integration = { type: "http", httpMethod: "GET", uri: "nowhere" };
  const wrong = {
    swagger: "2.0",
    info: { title: "Wrong", version: "2" },
    paths: { "/a": { get: { responses: {}, "x-amazon-apigateway-integration": integration } } },
  };
  await expect(api.putRestApi({ restApiId, mode: "overwrite", body: body(wrong) })).rejects.toMatchObject({
    name: "BadRequestException",
    message: "Invalid HTTP endpoint specified for URI",
  });
  expect(await places(restApiId)).toEqual(before);
  expect((await api.getRestApi({ restApiId })).name).toBe("PetStore");
  await expect(api.putRestApi({ restApiId: "nothing", body: body(swagger) })).rejects.toMatchObject({
    name: "NotFoundException",
  });
});
