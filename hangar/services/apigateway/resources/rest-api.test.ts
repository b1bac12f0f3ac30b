// API Gateway's CloudFormation types as the CDK's RestApi writes them, deployed, updated and deleted.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { S3 } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let api: APIGateway;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "rest-api-stack" });
  at = stacksOf(cloud, { team: "a" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const mock = (HttpMethod: string, ResourceId: unknown, more: object = {}) => ({
  Type: "AWS::ApiGateway::Method",
  Properties: {
    RestApiId: ref("Api"),
    ResourceId,
    HttpMethod,
    AuthorizationType: "NONE",
    Integration: { Type: "MOCK", RequestTemplates: { "application/json": '{"statusCode":200}' } },
    ...more,
  },
});

const allOutputs = {
  Api: ref("Api"),
  ApiId: attribute("Api", "RestApiId"),
  Root: attribute("Api", "RootResourceId"),
  Pets: ref("Pets"),
  PetsId: attribute("Pets", "ResourceId"),
  Deployment: ref("Deployment"),
  DeploymentId: attribute("Deployment", "DeploymentId"),
  Stage: ref("Stage"),
};

function petApi(settings: { api?: object; stage?: object; get?: object; deployment?: string } = {}): Resources {
  const deployment = settings.deployment ?? "Deployment";
  return {
    Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "pets", ...settings.api } },
    LogRole: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            { Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" } },
          ],
        },
        ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"],
      },
    },
    Account: {
      Type: "AWS::ApiGateway::Account",
      Properties: { CloudWatchRoleArn: attribute("LogRole", "Arn") },
      DependsOn: ["Api"],
    },
    Pets: {
      Type: "AWS::ApiGateway::Resource",
      Properties: { RestApiId: ref("Api"), ParentId: attribute("Api", "RootResourceId"), PathPart: "pets" },
    },
    Get: mock("GET", ref("Pets"), settings.get),
    Options: mock("OPTIONS", attribute("Api", "RootResourceId")),
    [deployment]: {
      Type: "AWS::ApiGateway::Deployment",
      Properties: { RestApiId: ref("Api"), Description: "by the CDK" },
      DependsOn: ["Get", "Options"],
    },
    Stage: {
      Type: "AWS::ApiGateway::Stage",
      Properties: { RestApiId: ref("Api"), DeploymentId: ref(deployment), StageName: "prod", ...settings.stage },
      DependsOn: ["Account"],
    },
  };
}

test("a REST API is deployed with its references, changed in place, and deleted", async () => {
  const made = await at.deploy(
    "pets",
    petApi({
      stage: {
        Description: "first",
        Variables: { a: "1", b: "2" },
        TracingEnabled: true,
        AccessLogSetting: {
          DestinationArn: "arn:aws:logs:us-east-1:000000000000:log-group:access",
          Format: "$context.requestId",
        },
        MethodSettings: [
          { HttpMethod: "*", ResourcePath: "/*", LoggingLevel: "INFO", ThrottlingRateLimit: 10 },
          { HttpMethod: "GET", ResourcePath: "/~1pets", MetricsEnabled: true },
        ],
      },
    }),
    allOutputs,
  );
  const restApiId = made["Api"] ?? "";
  const { rootResourceId, tags } = await api.getRestApi({ restApiId });
  const { items: [pets] = [] } = { items: (await api.getResources({ restApiId })).items?.slice(1) };
  const stageName = "prod";
  const stage = await api.getStage({ restApiId, stageName });
  expect(made).toEqual({
    Api: restApiId,
    ApiId: restApiId,
    Root: rootResourceId,
    Pets: pets?.id,
    PetsId: pets?.id,
    Deployment: stage.deploymentId,
    DeploymentId: stage.deploymentId,
    Stage: stageName,
  });
  expect(tags).toMatchObject({ team: "a", "aws:cloudformation:logical-id": "Api" });
  expect(stage).toMatchObject({
    description: "first",
    variables: { a: "1", b: "2" },
    tracingEnabled: true,
    accessLogSettings: { destinationArn: "arn:aws:logs:us-east-1:000000000000:log-group:access" },
    methodSettings: {
      "*/*": { loggingLevel: "INFO", throttlingRateLimit: 10 },
      "~1pets/GET": { metricsEnabled: true },
    },
    tags: { team: "a", "aws:cloudformation:logical-id": "Stage" },
  });
  expect((await api.getAccount({})).cloudwatchRoleArn).toContain("role/pets-LogRole-");

  const changed = await at.deploy(
    "pets",
    petApi({
      deployment: "Deployment2",
      api: {
        Name: "renamed",
        Description: "new",
        BinaryMediaTypes: ["image/png"],
        MinimumCompressionSize: 0,
        ApiKeySourceType: "AUTHORIZER",
        DisableExecuteApiEndpoint: true,
        EndpointConfiguration: { Types: ["REGIONAL"] },
        Policy: { Version: "2012-10-17", Statement: [] },
        Tags: [{ Key: "own", Value: "1" }],
      },
      get: { ApiKeyRequired: true, Integration: { Type: "MOCK" }, MethodResponses: [{ StatusCode: 200 }] },
      stage: {
        Variables: { b: "3" },
        MethodSettings: [{ HttpMethod: "*", ResourcePath: "/*", ThrottlingRateLimit: 20 }],
      },
    }),
    { Deployment: ref("Deployment2"), Api: ref("Api") },
  );
  expect(changed["Api"]).toBe(restApiId);
  expect(await api.getRestApi({ restApiId })).toMatchObject({
    name: "renamed",
    description: "new",
    binaryMediaTypes: ["image/png"],
    minimumCompressionSize: 0,
    apiKeySource: "AUTHORIZER",
    disableExecuteApiEndpoint: true,
    endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "ipv4" },
    policy: String.raw`{\"Version\":\"2012-10-17\",\"Statement\":[]}`,
    tags: { own: "1", team: "a" },
  });
  const after = await api.getStage({ restApiId, stageName });
  expect([after.description, after.accessLogSettings, after.tracingEnabled]).toEqual([undefined, undefined, false]);
  expect([after.deploymentId, after.variables]).toEqual([changed["Deployment"], { b: "3" }]);
  expect(Object.keys(after.methodSettings ?? {})).toEqual(["*/*"]);
  expect(after.methodSettings?.["*/*"]).toMatchObject({ throttlingRateLimit: 20 });
  expect(after.methodSettings?.["*/*"]?.loggingLevel).toBeUndefined();
  expect((await api.getDeployments({ restApiId })).items?.map((each) => each.id)).toEqual([changed["Deployment"]]);
  const method = await api.getMethod({ restApiId, resourceId: made["Pets"] ?? "", httpMethod: "GET" });
  expect([method.apiKeyRequired, method.methodResponses]).toEqual([true, { "200": { statusCode: "200" } }]);

  await at.deploy("pets", petApi({ deployment: "Deployment2" }), { Api: ref("Api") });
  const plain = await api.getRestApi({ restApiId });
  expect([plain.description, plain.binaryMediaTypes, plain.minimumCompressionSize, plain.policy]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect([plain.apiKeySource, plain.disableExecuteApiEndpoint, plain.endpointConfiguration?.types]).toEqual([
    "HEADER",
    false,
    ["EDGE"],
  ]);
  await at.destroy("pets");
  await expect(api.getRestApi({ restApiId })).rejects.toMatchObject({ name: "NotFoundException" });
});

const definition = (title: string, path: string) => ({
  openapi: "3.0.1",
  info: { title, version: "1" },
  paths: { [path]: { get: { responses: {}, "x-amazon-apigateway-integration": { type: "mock" } } } },
});

test("an API is defined by an OpenAPI body, and by the next one", async () => {
  const specified = (Properties: object): Resources => ({
    Api: { Type: "AWS::ApiGateway::RestApi", Properties: { BinaryMediaTypes: ["image/png"], ...Properties } },
    Deployment: { Type: "AWS::ApiGateway::Deployment", Properties: { RestApiId: ref("Api"), StageName: "dev" } },
    Denied: {
      Type: "AWS::ApiGateway::GatewayResponse",
      Properties: { RestApiId: ref("Api"), ResponseType: "ACCESS_DENIED", StatusCode: "401" },
    },
  });
  const { Api: restApiId = "" } = await at.deploy("spec", specified({ Body: definition("First", "/a") }), {
    Api: ref("Api"),
  });
  const paths = async () => (await api.getResources({ restApiId })).items?.map((item) => item.path);
  const { name, binaryMediaTypes } = await api.getRestApi({ restApiId });
  expect([name, binaryMediaTypes, await paths()]).toEqual(["First", ["image/png"], ["/", "/a"]]);
  expect((await api.getStage({ restApiId, stageName: "dev" })).stageName).toBe("dev");
  await at.deploy("spec", specified({ Body: definition("First", "/a"), Description: "only this" }), {
    Api: ref("Api"),
  });
  expect((await api.getGatewayResponse({ restApiId, responseType: "ACCESS_DENIED" })).statusCode).toBe("401");
  await at.deploy("spec", specified({ Body: definition("Second", "/b") }), { Api: ref("Api") });
  expect([(await api.getRestApi({ restApiId })).name, await paths()]).toEqual(["Second", ["/", "/b"]]);
  await at.destroy("spec");
});

test("an API is defined by an OpenAPI object in S3 with the checksum it is said to have", async () => {
  const s3 = new S3(cloud.clientConfig());
  await s3.createBucket({ Bucket: "definitions" });
  const Body = JSON.stringify(definition("Stored", "/s"));
  const { ETag } = await s3.putObject({ Bucket: "definitions", Key: "api.json", Body });
  const stored = (etag: string | undefined): Resources => ({
    Api: {
      Type: "AWS::ApiGateway::RestApi",
      Properties: {
        BodyS3Location: { Bucket: "definitions", Key: "api.json", ETag: etag },
        Parameters: { endpointConfigurationTypes: "REGIONAL" },
      },
    },
  });
  const { Api: restApiId = "" } = await at.deploy("stored", stored(ETag), { Api: ref("Api") });
  const { name, endpointConfiguration } = await api.getRestApi({ restApiId });
  expect([name, endpointConfiguration?.types]).toEqual(["Stored", ["REGIONAL"]]);
  await at.destroy("stored");
  expect(await at.failure("wrong", stored("0123"))).toContain("ETag");
});
