// Methods in templates, and the parts of an API that they name: models, validators, authorizers, gateway responses.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let api: APIGateway;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "method-stack" });
  at = stacksOf(cloud, { team: "a" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a method has all a template says of it", async () => {
  const made = await at.deploy(
    "method",
    {
      Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "method" } },
      Model: {
        Type: "AWS::ApiGateway::Model",
        Properties: {
          RestApiId: ref("Api"),
          Name: "Pet",
          ContentType: "application/json",
          Description: "A pet.",
          Schema: { $schema: "http://json-schema.org/draft-04/schema#", type: "object" },
        },
      },
      Unnamed: { Type: "AWS::ApiGateway::Model", Properties: { RestApiId: ref("Api") } },
      Validator: {
        Type: "AWS::ApiGateway::RequestValidator",
        Properties: {
          RestApiId: ref("Api"),
          Name: "all",
          ValidateRequestBody: true,
          ValidateRequestParameters: "true",
        },
      },
      Authorizer: {
        Type: "AWS::ApiGateway::Authorizer",
        Properties: {
          RestApiId: ref("Api"),
          Name: "pool",
          Type: "COGNITO_USER_POOLS",
          ProviderARNs: ["arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_abc"],
          IdentitySource: "method.request.header.Authorization",
          AuthorizerResultTtlInSeconds: 60,
        },
      },
      Post: {
        Type: "AWS::ApiGateway::Method",
        Properties: {
          RestApiId: ref("Api"),
          ResourceId: attribute("Api", "RootResourceId"),
          HttpMethod: "POST",
          AuthorizationType: "COGNITO_USER_POOLS",
          AuthorizerId: ref("Authorizer"),
          AuthorizationScopes: ["email"],
          ApiKeyRequired: true,
          OperationName: "CreatePet",
          RequestValidatorId: ref("Validator"),
          RequestModels: { "application/json": ref("Model") },
          RequestParameters: { "method.request.querystring.q": true },
          MethodResponses: [
            {
              StatusCode: "200",
              ResponseModels: { "application/json": "Empty" },
              ResponseParameters: { "method.response.header.A": "true" },
            },
          ],
          Integration: {
            Type: "AWS",
            IntegrationHttpMethod: "POST",
            Uri: { "Fn::Sub": "arn:aws:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/queue" },
            Credentials: "arn:aws:iam::000000000000:role/x",
            PassthroughBehavior: "NEVER",
            ContentHandling: "CONVERT_TO_TEXT",
            TimeoutInMillis: 5000,
            CacheNamespace: "space",
            CacheKeyParameters: ["method.request.querystring.q"],
            RequestParameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
            RequestTemplates: { "application/json": "Action=SendMessage" },
            IntegrationResponses: [
              {
                StatusCode: "200",
                SelectionPattern: "2..",
                ContentHandling: "CONVERT_TO_TEXT",
                ResponseParameters: { "method.response.header.A": "'b'" },
                ResponseTemplates: { "application/json": "{}" },
              },
            ],
          },
        },
      },
      Denied: {
        Type: "AWS::ApiGateway::GatewayResponse",
        Properties: {
          RestApiId: ref("Api"),
          ResponseType: "ACCESS_DENIED",
          StatusCode: "401",
          ResponseParameters: { "gatewayresponse.header.A": "'b'" },
          ResponseTemplates: { "application/json": "{}" },
        },
      },
    },
    {
      Api: ref("Api"),
      Root: attribute("Api", "RootResourceId"),
      Model: ref("Model"),
      Unnamed: ref("Unnamed"),
      Validator: ref("Validator"),
      ValidatorId: attribute("Validator", "RequestValidatorId"),
      Authorizer: ref("Authorizer"),
      AuthorizerId: attribute("Authorizer", "AuthorizerId"),
    },
  );
  const restApiId = made["Api"] ?? "";
  expect([made["Model"], made["ValidatorId"], made["AuthorizerId"]]).toEqual([
    "Pet",
    made["Validator"],
    made["Authorizer"],
  ]);
  expect((await api.getModel({ restApiId, modelName: made["Unnamed"] ?? "" })).schema).toBe("{}");
  expect(await api.getRequestValidator({ restApiId, requestValidatorId: made["Validator"] ?? "" })).toMatchObject({
    name: "all",
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  expect((await api.getAuthorizer({ restApiId, authorizerId: made["Authorizer"] ?? "" })).name).toBe("pool");
  expect(await api.getMethod({ restApiId, resourceId: made["Root"] ?? "", httpMethod: "POST" })).toEqual({
    $metadata: expect.anything(),
    httpMethod: "POST",
    authorizationType: "COGNITO_USER_POOLS",
    authorizerId: made["Authorizer"],
    authorizationScopes: ["email"],
    apiKeyRequired: true,
    operationName: "CreatePet",
    requestValidatorId: made["Validator"],
    requestModels: { "application/json": "Pet" },
    requestParameters: { "method.request.querystring.q": true },
    methodResponses: {
      "200": {
        statusCode: "200",
        responseModels: { "application/json": "Empty" },
        responseParameters: { "method.response.header.A": true },
      },
    },
    methodIntegration: {
      type: "AWS",
      httpMethod: "POST",
      uri: "arn:aws:apigateway:us-east-1:sqs:path/000000000000/queue",
      credentials: "arn:aws:iam::000000000000:role/x",
      passthroughBehavior: "NEVER",
      contentHandling: "CONVERT_TO_TEXT",
      timeoutInMillis: 5000,
      cacheNamespace: "space",
      cacheKeyParameters: ["method.request.querystring.q"],
      requestParameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
      requestTemplates: { "application/json": "Action=SendMessage" },
      integrationResponses: {
        "200": {
          statusCode: "200",
          selectionPattern: "2..",
          contentHandling: "CONVERT_TO_TEXT",
          responseParameters: { "method.response.header.A": "'b'" },
          responseTemplates: { "application/json": "{}" },
        },
      },
    },
  });
  const denied = await api.getGatewayResponse({ restApiId, responseType: "ACCESS_DENIED" });
  expect(denied).toMatchObject({ statusCode: "401", responseParameters: { "gatewayresponse.header.A": "'b'" } });
  await at.destroy("method");
});

test("parts of an API change in place", async () => {
  const parts = (settings: { validator: boolean; ttl?: number; schema: object; status?: string }): Resources => ({
    Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "parts" } },
    Model: {
      Type: "AWS::ApiGateway::Model",
      Properties: { RestApiId: ref("Api"), Name: "Pet", Schema: settings.schema },
    },
    Validator: {
      Type: "AWS::ApiGateway::RequestValidator",
      Properties: { RestApiId: ref("Api"), ValidateRequestBody: settings.validator },
    },
    Authorizer: {
      Type: "AWS::ApiGateway::Authorizer",
      Properties: {
        RestApiId: ref("Api"),
        Name: "auth",
        Type: "TOKEN",
        AuthorizerUri: {
          "Fn::Sub":
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:a/invocations",
        },
        IdentitySource: "method.request.header.Authorization",
        ...(settings.ttl === undefined ? {} : { AuthorizerResultTtlInSeconds: settings.ttl }),
      },
    },
    Denied: {
      Type: "AWS::ApiGateway::GatewayResponse",
      Properties: { RestApiId: ref("Api"), ResponseType: "ACCESS_DENIED", StatusCode: settings.status ?? "403" },
    },
  });
  const outputs = { Api: ref("Api"), Validator: ref("Validator"), Authorizer: ref("Authorizer") };
  const made = await at.deploy("parts", parts({ validator: true, ttl: 0, schema: { type: "object" } }), outputs);
  const changed = await at.deploy(
    "parts",
    parts({ validator: false, schema: { type: "array" }, status: "401" }),
    outputs,
  );
  expect(changed).toEqual(made);
  const restApiId = made["Api"] ?? "";
  expect((await api.getModel({ restApiId, modelName: "Pet" })).schema).toBe('{"type":"array"}');
  const validator = await api.getRequestValidator({ restApiId, requestValidatorId: made["Validator"] ?? "" });
  expect(validator.validateRequestBody).toBe(false);
  const authorizer = await api.getAuthorizer({ restApiId, authorizerId: made["Authorizer"] ?? "" });
  expect(authorizer.authorizerResultTtlInSeconds).toBe(300);
  expect((await api.getGatewayResponse({ restApiId, responseType: "ACCESS_DENIED" })).statusCode).toBe("401");
  await at.destroy("parts");
});
