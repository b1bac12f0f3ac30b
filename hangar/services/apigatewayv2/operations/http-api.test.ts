// The control plane of HTTP APIs through the SDK client: what is kept, shown, changed and refused.

import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let api: ApiGatewayV2;
let ApiId: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "apigatewayv2" });
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
const missing = { name: "NotFoundException" };
const conflict = { name: "ConflictException" };
const answer = <Output extends { $metadata: unknown }>({ $metadata: _facts, ...rest }: Output) => rest;
const LAMBDA = "arn:aws:lambda:us-east-1:000000000000:function:shop";

const integration = async (): Promise<string> => {
  const made = await api.createIntegration({
    ApiId,
    IntegrationType: "AWS_PROXY",
    IntegrationUri: LAMBDA,
    PayloadFormatVersion: "2.0",
  });
  return made.IntegrationId ?? "";
};

describe("APIs", () => {
  test("an HTTP API is shown with AWS's defaults", async () => {
    const made = await api.createApi({ Name: "plain", ProtocolType: "HTTP", Tags: { a: "1" } });
    expect(made.$metadata.httpStatusCode).toBe(201);
    const expected = {
      ApiEndpoint: expect.stringContaining(`/_aws/execute-api/${made.ApiId ?? ""}`) as string,
      ApiId: expect.stringMatching(/^[a-z0-9]{10}$/) as string,
      ApiKeySelectionExpression: "$request.header.x-api-key",
      CreatedDate: expect.any(Date) as Date,
      DisableExecuteApiEndpoint: false,
      IpAddressType: "ipv4",
      Name: "plain",
      ProtocolType: "HTTP",
      RouteSelectionExpression: "$request.method $request.path",
      Tags: { a: "1" },
    };
    expect(answer(made)).toEqual(expected);
    expect(answer(await api.getApi({ ApiId: made.ApiId }))).toEqual(expected);
    const changed = await api.updateApi({ ApiId: made.ApiId, Name: "other", Description: "d", Version: "1" });
    expect(answer(changed)).toEqual({ ...expected, Name: "other", Description: "d", Version: "1" });
  });

  test("pages of APIs follow one another", async () => {
    await api.createApi({ Name: "more", ProtocolType: "HTTP" });
    const first = await api.getApis({ MaxResults: "1" });
    const second = await api.getApis({ MaxResults: "1", NextToken: first.NextToken });
    expect([first.Items?.length, second.Items?.length]).toEqual([1, 1]);
    expect(first.Items?.[0]?.ApiId).not.toBe(second.Items?.[0]?.ApiId);
    await expect(api.getApis({ MaxResults: "0" })).rejects.toMatchObject(bad());
  });

  test("quick create makes a route, an integration and a stage that deploys by itself", async () => {
    const { ApiId: id } = await api.createApi({ Name: "quick", ProtocolType: "HTTP", Target: LAMBDA });
    const { Items: routes = [] } = await api.getRoutes({ ApiId: id });
    const { Items: integrations = [] } = await api.getIntegrations({ ApiId: id });
    expect(routes).toMatchObject([
      { RouteKey: "$default", ApiGatewayManaged: true, Target: `integrations/${integrations[0]?.IntegrationId ?? ""}` },
    ]);
    expect(integrations).toMatchObject([
      { IntegrationType: "AWS_PROXY", IntegrationUri: LAMBDA, PayloadFormatVersion: "2.0", ApiGatewayManaged: true },
    ]);
    expect(await api.getStage({ ApiId: id, StageName: "$default" })).toMatchObject({
      AutoDeploy: true,
      ApiGatewayManaged: true,
      DeploymentId: expect.any(String) as string,
    });
    await api.updateApi({ ApiId: id, RouteKey: "GET /", Target: "https://example.com" });
    expect((await api.getRoutes({ ApiId: id })).Items?.[0]?.RouteKey).toBe("GET /");
    expect((await api.getIntegrations({ ApiId: id })).Items?.[0]).toMatchObject({ IntegrationType: "HTTP_PROXY" });
  });

  test("a deleted API is gone with all that it had", async () => {
    await api.createRoute({ ApiId, RouteKey: "GET /" });
    await api.deleteApi({ ApiId });
    await expect(api.getApi({ ApiId })).rejects.toMatchObject(missing);
    await expect(api.getRoutes({ ApiId })).rejects.toMatchObject(missing);
    await expect(api.deleteApi({ ApiId })).rejects.toMatchObject(missing);
  });

  test("CORS is checked, kept and taken away", async () => {
    const credentials = { AllowOrigins: ["*"], AllowCredentials: true };
    await expect(api.updateApi({ ApiId, CorsConfiguration: credentials })).rejects.toMatchObject(
      bad("allow-credentials is not supported if 'allow-origin' is *"),
    );
    await expect(api.updateApi({ ApiId, CorsConfiguration: { AllowOrigins: ["x"] } })).rejects.toMatchObject(bad());
    await api.updateApi({ ApiId, CorsConfiguration: { AllowOrigins: ["https://a.example"], MaxAge: 10 } });
    expect((await api.getApi({ ApiId })).CorsConfiguration).toEqual({
      AllowOrigins: ["https://a.example"],
      MaxAge: 10,
    });
    await api.deleteCorsConfiguration({ ApiId });
    expect((await api.getApi({ ApiId })).CorsConfiguration).toBeUndefined();
  });

  test("tags are put on APIs and stages, and taken off", async () => {
    await api.createStage({ ApiId, StageName: "dev", Tags: { s: "1" } });
    const arn = `arn:aws:apigateway:us-east-1::/apis/${ApiId}`;
    await api.tagResource({ ResourceArn: arn, Tags: { a: "1", b: "2" } });
    await api.untagResource({ ResourceArn: arn, TagKeys: ["a"] });
    expect((await api.getTags({ ResourceArn: arn })).Tags).toEqual({ b: "2" });
    expect((await api.getTags({ ResourceArn: `${arn}/stages/dev` })).Tags).toEqual({ s: "1" });
  });
});

describe("routes", () => {
  test("a route is shown with AWS's defaults, and changed", async () => {
    const target = `integrations/${await integration()}`;
    const made = await api.createRoute({ ApiId, RouteKey: "GET /pets/{id}", Target: target, OperationName: "pet" });
    const expected = {
      ApiKeyRequired: false,
      AuthorizationType: "NONE",
      OperationName: "pet",
      RouteId: expect.stringMatching(/^[a-z0-9]{7}$/) as string,
      RouteKey: "GET /pets/{id}",
      Target: target,
    };
    expect(answer(made)).toEqual(expected);
    const changed = await api.updateRoute({ ApiId, RouteId: made.RouteId, RouteKey: "ANY /pets", OperationName: "" });
    const { OperationName: _name, ...rest } = expected;
    expect(answer(changed)).toEqual({ ...rest, RouteKey: "ANY /pets" });
    expect(answer(await api.getRoute({ ApiId, RouteId: made.RouteId }))).toEqual(answer(changed));
    await api.deleteRoute({ ApiId, RouteId: made.RouteId });
    await expect(api.getRoute({ ApiId, RouteId: made.RouteId })).rejects.toMatchObject(missing);
  });

  test("what is wrong with a route is refused", async () => {
    await api.createRoute({ ApiId, RouteKey: "GET /" });
    await expect(api.createRoute({ ApiId, RouteKey: "GET /" })).rejects.toMatchObject({
      ...conflict,
      message: "Route with key GET / already exists for this API",
    });
    await expect(api.createRoute({ ApiId, RouteKey: "pets" })).rejects.toMatchObject(bad(/HTTP METHOD/));
    await expect(api.createRoute({ ApiId, RouteKey: "GET /a", Target: "integrations/x" })).rejects.toMatchObject(bad());
    await expect(api.createRoute({ ApiId, RouteKey: "GET /a", AuthorizationType: "JWT" })).rejects.toMatchObject(
      bad(/requires a valid authorizer/),
    );
    await expect(api.createRoute({ ApiId, RouteKey: "GET /a", AuthorizationScopes: ["x"] })).rejects.toMatchObject(
      bad(/Authorization Scopes are only valid/),
    );
    await expect(api.createRoute({ ApiId: "nothing", RouteKey: "GET /" })).rejects.toMatchObject(missing);
    expect((await api.getRoutes({ ApiId })).Items).toHaveLength(1);
  });

  test("request parameters of a route are taken off one by one", async () => {
    const { ApiId: id = "" } = await api.createApi({
      Name: "socket",
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
    });
    const parameter = "route.request.querystring.a";
    const made = await api.createRoute({
      ApiId: id,
      RouteKey: "$connect",
      RequestParameters: { [parameter]: { Required: true } },
    });
    await api.deleteRouteRequestParameter({ ApiId: id, RouteId: made.RouteId, RequestParameterKey: parameter });
    expect((await api.getRoute({ ApiId: id, RouteId: made.RouteId })).RequestParameters).toEqual({});
  });
});

describe("integrations", () => {
  test("an integration is shown with AWS's defaults, and changed", async () => {
    const IntegrationId = await integration();
    expect(answer(await api.getIntegration({ ApiId, IntegrationId }))).toEqual({
      ConnectionType: "INTERNET",
      IntegrationId,
      IntegrationType: "AWS_PROXY",
      IntegrationUri: LAMBDA,
      PayloadFormatVersion: "2.0",
      TimeoutInMillis: 30_000,
    });
    await api.updateIntegration({
      ApiId,
      IntegrationId,
      RequestParameters: { "append:header.a": "1", "overwrite:path": "/" },
    });
    const changed = await api.updateIntegration({ ApiId, IntegrationId, RequestParameters: { "append:header.a": "" } });
    expect(changed.RequestParameters).toEqual({ "overwrite:path": "/" });
  });

  test.each<[string, object]>([
    ["of a type that HTTP APIs do not have", { IntegrationType: "MOCK" }],
    ["to no function", { IntegrationUri: "https://example.com" }],
    ["over HTTP without a method", { IntegrationType: "HTTP_PROXY", IntegrationUri: "https://example.com" }],
    ["that takes too long", { TimeoutInMillis: 30_001 }],
    ["that changes what it may not", { RequestParameters: { "overwrite:header.authorization": "x" } }],
    ["that maps nothing known", { RequestParameters: { "integration.request.header.a": "x" } }],
    ["of a subtype without its role", { IntegrationSubtype: "SQS-SendMessage", IntegrationUri: undefined }],
    [
      "of a subtype without its parameters",
      {
        IntegrationSubtype: "SQS-SendMessage",
        IntegrationUri: undefined,
        CredentialsArn: "arn:aws:iam::000000000000:role/r",
      },
    ],
  ])("one %s is refused", async (_what, wrong) => {
    const good = { ApiId, IntegrationType: "AWS_PROXY", IntegrationUri: LAMBDA, PayloadFormatVersion: "2.0" } as const;
    await expect(api.createIntegration({ ...good, ...wrong })).rejects.toMatchObject(bad());
    expect((await api.getIntegrations({ ApiId })).Items).toEqual([]);
  });

  test("what Hangar cannot do is refused by name", async () => {
    const link = {
      IntegrationType: "HTTP_PROXY",
      IntegrationMethod: "GET",
      IntegrationUri: "https://a.example",
    } as const;
    const refused = { name: "NotEmulated" };
    await expect(
      api.createIntegration({ ApiId, ...link, ConnectionType: "VPC_LINK", ConnectionId: "x" }),
    ).rejects.toMatchObject(refused);
    await expect(
      api.createIntegration({
        ApiId,
        IntegrationType: "AWS_PROXY",
        IntegrationSubtype: "StepFunctions-StartExecution",
      }),
    ).rejects.toMatchObject(refused);
    await expect(api.createVpcLink({ Name: "link", SubnetIds: [] })).rejects.toMatchObject(refused);
  });

  test("an integration that a route needs stays", async () => {
    const IntegrationId = await integration();
    const { RouteId } = await api.createRoute({ ApiId, RouteKey: "GET /", Target: `integrations/${IntegrationId}` });
    await expect(api.deleteIntegration({ ApiId, IntegrationId })).rejects.toMatchObject(conflict);
    await api.deleteRoute({ ApiId, RouteId });
    await api.deleteIntegration({ ApiId, IntegrationId });
    await expect(api.getIntegration({ ApiId, IntegrationId })).rejects.toMatchObject(missing);
  });
});

describe("models", () => {
  test("are kept, shown, changed and deleted", async () => {
    const { ModelId = "" } = await api.createModel({ ApiId, Name: "Pet", Schema: "{}" });
    expect(answer(await api.getModel({ ApiId, ModelId }))).toEqual({
      ContentType: "application/json",
      ModelId,
      Name: "Pet",
      Schema: "{}",
    });
    await api.updateModel({ ApiId, ModelId, Schema: '{"type":"object"}' });
    expect((await api.getModels({ ApiId })).Items).toMatchObject([{ Schema: '{"type":"object"}' }]);
    await expect(api.createModel({ ApiId, Name: "Pet", Schema: "{}" })).rejects.toMatchObject(conflict);
    await expect(api.createModel({ ApiId, Name: "Dog", Schema: "{" })).rejects.toMatchObject(bad());
    await api.deleteModel({ ApiId, ModelId });
    await expect(api.getModel({ ApiId, ModelId })).rejects.toMatchObject(missing);
  });
});
