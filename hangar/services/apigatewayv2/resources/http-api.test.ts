// HTTP APIs as the CDK writes them, deployed, called, updated and deleted; and the types' properties one by one.

import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { App, CfnOutput, Duration, Stack } from "aws-cdk-lib";
import {
  type CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  MappingValue,
  ParameterMapping,
  PayloadFormatVersion,
} from "aws-cdk-lib/aws-apigatewayv2";
import {
  HttpIamAuthorizer,
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration, HttpUrlIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Code, Function as LambdaFunction, Runtime, type IFunction } from "aws-cdk-lib/aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let api: ApiGatewayV2;

beforeAll(async () => {
  cloud = await startCloud({ seed: "http-api-stack" });
  at = stacksOf(cloud, { team: "a" });
  api = new ApiGatewayV2({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

function deployed(name: string, fill: (stack: Stack) => void): Promise<Record<string, string>> {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, name, { env: { account: "000000000000", region: "us-east-1" } });
  fill(stack);
  const { Resources: resources, Outputs = {} } = app.synth().getStackByName(name).template as {
    readonly Resources: Resources;
    readonly Outputs?: Readonly<Record<string, { readonly Value: object }>>;
  };
  return at.deploy(
    name,
    resources,
    Object.fromEntries(Object.entries(Outputs).map(([key, output]) => [key, output.Value])),
  );
}

/** The CDK's own types part here: its Function may be no IFunction by TypeScript's strictest rules. */
function fn(stack: Stack, id: string, body: string): IFunction {
  const code = Code.fromInline(`exports.handler = async (event) => {${body}};`);
  return new LambdaFunction(stack, id, { runtime: Runtime.NODEJS_24_X, handler: "index.handler", code }) as IFunction;
}

test("the CDK's HttpApi deploys and answers: functions, endpoints, authorizers, CORS, mappings", async () => {
  const fill = (greeting: string) => (stack: Stack) => {
    const hello = fn(
      stack,
      "Hello",
      `return { greeting: "${greeting}", who: event.requestContext.authorizer?.lambda?.who, to: event.headers["x-to"] };`,
    );
    const guard = fn(
      stack,
      "Guard",
      "return { isAuthorized: event.headers.authorization === 'sesame', context: { who: 'ada' } };",
    );
    const authorizer = new HttpLambdaAuthorizer("Guard", guard, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      resultsCacheTtl: Duration.seconds(0),
    });
    const http = new HttpApi(stack, "Http", {
      corsPreflight: {
        allowOrigins: ["https://app.example"],
        allowMethods: [CorsHttpMethod.GET],
        maxAge: Duration.days(1),
      },
      defaultAuthorizer: authorizer,
    });
    const mapped = new ParameterMapping().overwriteHeader("x-to", MappingValue.requestPathParam("to"));
    http.addRoutes({
      path: "/hello/{to}",
      methods: [HttpMethod.GET, HttpMethod.POST],
      integration: new HttpLambdaIntegration("Hello", hello, { parameterMapping: mapped }),
    });
    http.addRoutes({
      path: "/open",
      integration: new HttpLambdaIntegration("Open", hello, { payloadFormatVersion: PayloadFormatVersion.VERSION_2_0 }),
      authorizer: new HttpNoneAuthorizer(),
    });
    http.addRoutes({
      path: "/signed",
      methods: [HttpMethod.GET],
      integration: new HttpLambdaIntegration("Signed", hello),
      authorizer: new HttpIamAuthorizer(),
    });
    http.addRoutes({
      path: "/again",
      methods: [HttpMethod.GET],
      integration: new HttpUrlIntegration("Again", `${http.apiEndpoint}/open`),
      authorizer: new HttpNoneAuthorizer(),
    });
    const limited = http.defaultStage?.node.defaultChild as CfnStage;
    limited.defaultRouteSettings = { throttlingBurstLimit: 100, throttlingRateLimit: 100 };
    new CfnOutput(stack, "Url", { value: http.apiEndpoint });
    new CfnOutput(stack, "Stage", { value: http.url ?? "" });
  };
  const { Url = "", Stage } = await deployed("Cdk", fill("hi"));
  expect(Url).toMatch(new RegExp(`^${cloud.endpoint}/_aws/execute-api/[a-z0-9]{10}$`));
  expect(Stage).toBe(`${Url}/`);
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${Url}${path}`, { headers });
    return [response.status, await response.json()];
  };
  expect(await get("/hello/you", { authorization: "sesame" })).toEqual([
    200,
    { greeting: "hi", who: "ada", to: "you" },
  ]);
  expect(await get("/hello/you", { authorization: "no" })).toEqual([403, { message: "Forbidden" }]);
  expect(await get("/hello/you")).toEqual([401, { message: "Unauthorized" }]);
  expect(await get("/open")).toEqual([200, { greeting: "hi" }]);
  expect(await get("/signed")).toEqual([403, { message: "Forbidden" }]);
  expect(await get("/again")).toEqual([200, { greeting: "hi" }]);
  const preflight = await fetch(`${Url}/hello/you`, {
    method: "OPTIONS",
    headers: { origin: "https://app.example", "access-control-request-method": "GET" },
  });
  expect([preflight.status, preflight.headers.get("access-control-max-age")]).toEqual([204, "86400"]);
  await deployed("Cdk", fill("hello again"));
  expect(await get("/open")).toEqual([200, { greeting: "hello again" }]);
  await at.destroy("Cdk");
  expect((await fetch(`${Url}/open`)).status).toBe(403);
});

const AUTHORIZER = {
  Type: "AWS::ApiGatewayV2::Authorizer",
  Properties: {
    ApiId: ref("Api"),
    Name: "jwt",
    AuthorizerType: "JWT",
    IdentitySource: ["$request.header.Authorization"],
    JwtConfiguration: { Issuer: "https://issuer.example", Audience: ["me"] },
  },
};

function parts(settings: { api?: object; stage?: object; route?: object; integration?: object } = {}): Resources {
  return {
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "parts", ProtocolType: "HTTP", ...settings.api } },
    Integration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        ApiId: ref("Api"),
        IntegrationType: "HTTP_PROXY",
        IntegrationMethod: "GET",
        IntegrationUri: "https://backend.example",
        PayloadFormatVersion: "1.0",
        ...settings.integration,
      },
    },
    Authorizer: AUTHORIZER,
    Route: {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        ApiId: ref("Api"),
        RouteKey: "GET /",
        Target: { "Fn::Join": ["/", ["integrations", ref("Integration")]] },
        ...settings.route,
      },
    },
    Model: {
      Type: "AWS::ApiGatewayV2::Model",
      Properties: { ApiId: ref("Api"), Name: "Pet", Schema: { type: "object" } },
    },
    Deployment: { Type: "AWS::ApiGatewayV2::Deployment", DependsOn: "Route", Properties: { ApiId: ref("Api") } },
    Stage: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: { ApiId: ref("Api"), StageName: "dev", DeploymentId: ref("Deployment"), ...settings.stage },
    },
  };
}

const outputs = {
  Api: ref("Api"),
  Endpoint: attribute("Api", "ApiEndpoint"),
  Route: ref("Route"),
  RouteId: attribute("Route", "RouteId"),
  Integration: ref("Integration"),
  Stage: ref("Stage"),
};

test("what a template says is kept, and what it says no more is taken back", async () => {
  const out = await at.deploy(
    "Parts",
    parts({
      api: { Description: "d", CorsConfiguration: { AllowOrigins: ["*"], MaxAge: "5" }, Tags: { own: "1" } },
      integration: {
        RequestParameters: { "append:header.a": "1", "append:header.b": "2" },
        ResponseParameters: { "200": { ResponseParameters: [{ Destination: "append:header.c", Source: "3" }] } },
      },
      route: { AuthorizationType: "JWT", AuthorizerId: ref("Authorizer"), AuthorizationScopes: ["read"] },
      stage: {
        StageVariables: { a: "1", b: "2" },
        RouteSettings: { "GET /": { ThrottlingBurstLimit: 1 } },
        AccessLogSettings: {
          DestinationArn: "arn:aws:logs:us-east-1:000000000000:log-group:g",
          Format: "$context.requestId",
        },
        Tags: { s: "1" },
      },
    }),
    outputs,
  );
  const { Api: ApiId = "", Route: RouteId = "", Integration: IntegrationId = "" } = out;
  expect([out["Stage"], out["RouteId"]]).toEqual(["dev", RouteId]);
  expect(out["Endpoint"]).toBe(`${cloud.endpoint}/_aws/execute-api/${ApiId}`);
  expect(await api.getApi({ ApiId })).toMatchObject({
    Description: "d",
    CorsConfiguration: { AllowOrigins: ["*"], MaxAge: 5 },
    Tags: { own: "1", team: "a" },
  });
  expect(await api.getIntegration({ ApiId, IntegrationId })).toMatchObject({
    RequestParameters: { "append:header.a": "1", "append:header.b": "2" },
    ResponseParameters: { "200": { "append:header.c": "3" } },
  });
  expect(await api.getRoute({ ApiId, RouteId })).toMatchObject({
    AuthorizationType: "JWT",
    AuthorizationScopes: ["read"],
  });
  const { Tags } = await api.getStage({ ApiId, StageName: "dev" });
  expect(Tags).toMatchObject({ s: "1", team: "a" });

  await at.deploy(
    "Parts",
    parts({ integration: { RequestParameters: { "append:header.b": "2" } }, stage: { StageVariables: { b: "3" } } }),
  );
  const plain = await api.getApi({ ApiId });
  expect([plain.Description, plain.CorsConfiguration, plain.Tags?.["own"]]).toEqual([undefined, undefined, undefined]);
  const integration = await api.getIntegration({ ApiId, IntegrationId });
  expect([integration.RequestParameters, integration.ResponseParameters]).toEqual([{ "append:header.b": "2" }, {}]);
  const route = await api.getRoute({ ApiId, RouteId });
  expect([route.AuthorizationType, route.AuthorizerId, route.AuthorizationScopes]).toEqual([
    "NONE",
    undefined,
    undefined,
  ]);
  const stage = await api.getStage({ ApiId, StageName: "dev" });
  expect([stage.StageVariables, stage.RouteSettings, stage.AccessLogSettings]).toEqual([{ b: "3" }, {}, undefined]);
  await at.destroy("Parts");
  await expect(api.getApi({ ApiId })).rejects.toMatchObject({ name: "NotFoundException" });
});
