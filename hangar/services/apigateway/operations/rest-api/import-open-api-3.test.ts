// REST APIs from OpenAPI 3 documents, through the SDK client.

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

async function made(document: object | string, parameters: Record<string, string> = {}): Promise<string> {
  return (await api.importRestApi({ body: body(document), parameters })).id ?? "";
}

async function places(restApiId: string): Promise<Record<string, string>> {
  const { items = [] } = await api.getResources({ restApiId });
  return Object.fromEntries(items.map((item) => [item.path ?? "", item.id ?? ""]));
}

const openapi = `
openapi: "3.0.1"
info:
  title: Bookings
  version: 2
servers:
  - url: https://example.com/{basePath}
    variables:
      basePath: { default: v2 }
    x-amazon-apigateway-endpoint-configuration: { disableExecuteApiEndpoint: true }
x-amazon-apigateway-api-key-source: AUTHORIZER
security:
  - pool: [email]
components:
  securitySchemes:
    pool:
      type: apiKey
      name: Authorization
      in: header
      x-amazon-apigateway-authtype: cognito_user_pools
      x-amazon-apigateway-authorizer:
        type: cognito_user_pools
        providerARNs: ["arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_abc"]
  responses:
    Ok:
      description: fine
      content:
        application/json:
          schema: { $ref: "#/components/schemas/Booking" }
  schemas:
    Booking: { type: object, description: A booking. }
paths:
  /bookings:
    put:
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [day] }
      responses:
        "201": { $ref: "#/components/responses/Ok" }
      x-amazon-apigateway-integration:
        type: MOCK
        requestTemplates: { application/json: '{"statusCode": 200}' }
    get:
      security: []
      responses: {}
      x-amazon-apigateway-integration: { type: mock }
`;

test("an OpenAPI 3 document in YAML is read the same way", async () => {
  const restApiId = await made(openapi, { endpointConfigurationTypes: "REGIONAL", basepath: "prepend" });
  const { name, version, apiKeySource, endpointConfiguration, disableExecuteApiEndpoint } = await api.getRestApi({
    restApiId,
  });
  expect([name, version, apiKeySource, disableExecuteApiEndpoint, endpointConfiguration?.types]).toEqual([
    "Bookings",
    "2",
    "AUTHORIZER",
    true,
    ["REGIONAL"],
  ]);
  const resourceId = (await places(restApiId))["/v2/bookings"] ?? "";
  const method = await api.getMethod({ restApiId, resourceId, httpMethod: "PUT" });
  const [authorizer] = (await api.getAuthorizers({ restApiId })).items ?? [];
  expect(authorizer).toMatchObject({
    type: "COGNITO_USER_POOLS",
    authType: "cognito_user_pools",
    identitySource: "method.request.header.Authorization",
  });
  expect(method).toMatchObject({
    authorizationType: "COGNITO_USER_POOLS",
    authorizerId: authorizer?.id,
    authorizationScopes: ["email"],
    methodResponses: { "201": { statusCode: "201", responseModels: { "application/json": "Booking" } } },
  });
  const inline = method.requestModels?.["application/json"] ?? "";
  const model = await api.getModel({ restApiId, modelName: inline });
  expect(JSON.parse(model.schema ?? "")).toEqual({ type: "object", required: ["day"] });
  expect((await api.getModel({ restApiId, modelName: "Booking" })).description).toBe("A booking.");
  const open = await api.getMethod({ restApiId, resourceId, httpMethod: "GET" });
  expect([open.authorizationType, open.authorizerId]).toEqual(["NONE", undefined]);
});
