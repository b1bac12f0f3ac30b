// Where an HTTP API answers, and what it does around its integrations: stages, CORS, throttles, logs, domain names.

import {
  CreateApiMappingCommand,
  CreateDeploymentCommand,
  CreateDomainNameCommand,
  CreateStageCommand,
  DeleteApiMappingCommand,
  DeleteDomainNameCommand,
  DeleteStageCommand,
  GetApiMappingCommand,
  GetApiMappingsCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  UpdateApiCommand,
  UpdateApiMappingCommand,
  UpdateDomainNameCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogsClient, GetLogEventsCommand, DescribeLogStreamsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFunctionAt } from "../../../gateway/test-api-calls.ts";
import { addRoute, call, makeApi, makeIntegration, startApiCloud, type ApiCloud } from "./test-http-api.ts";

let at: ApiCloud;
let fn: string;

beforeAll(async () => {
  at = await startApiCloud("apigatewayv2-serve");
  fn = await makeFunctionAt(
    at,
    "where",
    "return { statusCode: 200, headers: { 'access-control-allow-origin': 'mine', 'x-own': '1' }, body: [event.requestContext.domainName, event.rawPath, event.requestContext.stage, event.routeKey].join(' ') };",
  );
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

async function apiWith(key: string, ...more: [api?: object, stage?: object]): Promise<string> {
  const id = await makeApi(at, ...more);
  await addRoute(at, id, await makeIntegration(at, id, { IntegrationUri: fn }), { RouteKey: key });
  return id;
}

describe("an HTTP API answers", () => {
  test("under its host, LocalStack's host and our path", async () => {
    const id = await apiWith("GET /pets");
    const aws = `${id}.execute-api.us-east-1.amazonaws.com`;
    const near = `${id}.execute-api.localhost.localstack.cloud`;
    expect((await call(at, id, "GET /pets")).text).toBe(`${aws} /pets $default GET /pets`);
    expect((await call(at, id, "GET /pets", { host: aws })).text).toBe(`${aws} /pets $default GET /pets`);
    expect((await call(at, id, "GET /pets", { host: near })).text).toBe(`${near} /pets $default GET /pets`);
  });

  test("under the name of each other stage", async () => {
    const id = await apiWith("GET /pets");
    await at.gateway.send(new CreateStageCommand({ ApiId: id, StageName: "dev" }));
    expect((await call(at, id, "GET /dev/pets")).status).toBe(404);
    await at.gateway.send(new CreateDeploymentCommand({ ApiId: id, StageName: "dev" }));
    expect((await call(at, id, "GET /dev/pets")).text).toMatch(/ \/dev\/pets dev GET \/pets$/);
    await at.gateway.send(new DeleteStageCommand({ ApiId: id, StageName: "dev" }));
    expect((await call(at, id, "GET /dev/pets")).status).toBe(404);
  });

  test("what was deployed, not what came after", async () => {
    const id = await apiWith("GET /one", {}, { AutoDeploy: false });
    await at.gateway.send(new CreateDeploymentCommand({ ApiId: id, StageName: "$default" }));
    await addRoute(at, id, await makeIntegration(at, id, { IntegrationUri: fn }), { RouteKey: "GET /two" });
    expect((await call(at, id, "GET /two")).status).toBe(404);
    await at.gateway.send(new CreateDeploymentCommand({ ApiId: id, StageName: "$default" }));
    expect((await call(at, id, "GET /two")).status).toBe(200);
  });

  test("404 where no route is, with the id of the request", async () => {
    const id = await apiWith("GET /pets");
    const { status, text, headers } = await call(at, id, "GET /cats");
    expect([status, text, headers["content-type"]]).toEqual([404, '{"message":"Not Found"}', "application/json"]);
    expect(headers["apigw-requestid"]).toMatch(/^[A-Za-z0-9]{15}=$/);
  });

  test("404 where its own endpoint is switched off", async () => {
    const id = await apiWith("GET /pets", { DisableExecuteApiEndpoint: true });
    expect(await call(at, id, "GET /pets")).toMatchObject({ status: 404, text: '{"message":"Not Found"}' });
  });

  test("500 where a route has no integration", async () => {
    const id = await apiWith("GET /pets");
    await addRoute(at, id, "", { RouteKey: "GET /none", Target: undefined });
    expect(await call(at, id, "GET /none")).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' });
  });
});

describe("CORS", () => {
  const cors = {
    AllowOrigins: ["https://app.example", "http://*"],
    AllowMethods: ["GET", "PUT"],
    AllowHeaders: ["x-a"],
    ExposeHeaders: ["x-b"],
    MaxAge: 60,
    AllowCredentials: true,
  };
  const preflight = (Origin: string) => ({ headers: { Origin, "Access-Control-Request-Method": "PUT" } });

  test("the gateway answers preflights itself, whatever routes there are", async () => {
    const id = await apiWith("GET /pets", { CorsConfiguration: cors });
    const { status, headers, text } = await call(at, id, "OPTIONS /pets", preflight("https://app.example"));
    expect([status, text]).toEqual([204, ""]);
    expect(headers).toMatchObject({
      "access-control-allow-origin": "https://app.example",
      "access-control-allow-methods": "GET,PUT",
      "access-control-allow-headers": "x-a",
      "access-control-expose-headers": "x-b",
      "access-control-max-age": "60",
      "access-control-allow-credentials": "true",
    });
    const other = await call(at, id, "OPTIONS /pets", preflight("https://other.example"));
    expect([other.status, other.headers["access-control-allow-origin"]]).toEqual([204, undefined]);
    const any = await call(at, id, "OPTIONS /pets", preflight("http://localhost:3000"));
    expect(any.headers["access-control-allow-origin"]).toBe("http://localhost:3000");
  });

  test("its headers take the place of the integration's", async () => {
    const id = await apiWith("GET /pets", { CorsConfiguration: cors });
    const answered = await call(at, id, "GET /pets", { headers: { Origin: "https://app.example" } });
    expect(answered.headers).toMatchObject({
      "access-control-allow-origin": "https://app.example",
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": "x-b",
      "x-own": "1",
    });
    expect((await call(at, id, "GET /pets")).headers["access-control-allow-origin"]).toBeUndefined();
    const missing = await call(at, id, "GET /cats", { headers: { Origin: "https://app.example" } });
    expect([missing.status, missing.headers["access-control-allow-origin"]]).toEqual([404, "https://app.example"]);
  });

  test("without it the integration's headers pass", async () => {
    const id = await apiWith("GET /pets");
    expect((await call(at, id, "GET /pets")).headers["access-control-allow-origin"]).toBe("mine");
    expect((await call(at, id, "OPTIONS /pets", preflight("https://a.example"))).status).toBe(404);
    await at.gateway.send(new UpdateApiCommand({ ApiId: id, CorsConfiguration: cors }));
    expect((await call(at, id, "OPTIONS /pets", preflight("https://app.example"))).status).toBe(204);
  });
});

test("a stage throttles all its routes, and those that have limits of their own apart", async () => {
  const id = await apiWith("GET /all");
  await addRoute(at, id, await makeIntegration(at, id, { IntegrationUri: fn }), { RouteKey: "GET /own" });
  await at.gateway.send(
    new UpdateStageCommand({
      ApiId: id,
      StageName: "$default",
      DefaultRouteSettings: { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 1 },
      RouteSettings: { "GET /own": { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 1 } },
    }),
  );
  await using fork = at.cloud.fork();
  fork.clock.hold();
  const { endpoint } = await fork.listen();
  const get = async (path: string) => {
    const url = `${endpoint}/_aws/execute-api/${id}${path}`;
    const response = await fetch(url);
    return response.status === 200 ? 200 : [response.status, await response.text()];
  };
  const refused = [429, '{"message":"Too Many Requests"}'];
  expect([await get("/all"), await get("/all")]).toEqual([200, refused]);
  expect([await get("/own"), await get("/own"), await get("/own")]).toEqual([200, 200, refused]);
  await fork.clock.advance("1 second");
  expect(await get("/all")).toBe(200);
});

test("each request is a line of the access log, in the stage's format", async () => {
  const group = "arn:aws:logs:us-east-1:000000000000:log-group:access";
  const Format =
    '{"id":"$context.requestId","key":"$context.routeKey","status":"$context.status","length":"$context.responseLength","path":"$context.path","ip":"$context.identity.sourceIp","user":"$context.authorizer.claims.sub","error":"$context.error.message","it":"$context.integrationStatus","stage":"$context.stage","v":"$stageVariables.v"}';
  const id = await apiWith(
    "GET /pets",
    {},
    { AccessLogSettings: { DestinationArn: group, Format }, StageVariables: { v: "7" } },
  );
  const good = await call(at, id, "GET /pets");
  const missing = await call(at, id, "GET /cats");
  const logs = new CloudWatchLogsClient(at.cloud.clientConfig());
  const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: "access" }));
  const { events = [] } = await logs.send(
    new GetLogEventsCommand({
      logGroupName: "access",
      logStreamName: logStreams[0]?.logStreamName,
      startFromHead: true,
    }),
  );
  const same = { ip: "127.0.0.1", user: "-", stage: "$default", v: "7" };
  expect(events.map(({ message = "" }) => JSON.parse(message) as unknown)).toEqual([
    {
      ...same,
      id: good.headers["apigw-requestid"],
      key: "GET /pets",
      status: "200",
      length: String(good.bytes.length),
      path: "/pets",
      error: "-",
      it: "200",
    },
    {
      ...same,
      id: missing.headers["apigw-requestid"],
      key: "-",
      status: "404",
      length: String(missing.bytes.length),
      path: "/cats",
      error: "Not Found",
      it: "-",
    },
  ]);
});

test("a custom domain name leads to HTTP APIs, by the longest base path", async () => {
  const { gateway } = at;
  const DomainName = "shop.example.com";
  const certificate = {
    CertificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/a",
    EndpointType: "REGIONAL",
  } as const;
  const made = await gateway.send(new CreateDomainNameCommand({ DomainName, DomainNameConfigurations: [certificate] }));
  expect(made).toMatchObject({
    DomainName,
    ApiMappingSelectionExpression: "$request.basepath",
    DomainNameConfigurations: [
      {
        ...certificate,
        ApiGatewayDomainName: expect.stringMatching(
          /^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/,
        ) as string,
        DomainNameStatus: "AVAILABLE",
        SecurityPolicy: "TLS_1_2",
      },
    ],
  });
  const id = await apiWith("ANY /{proxy+}", { DisableExecuteApiEndpoint: true });
  await at.gateway.send(new CreateStageCommand({ ApiId: id, StageName: "dev", AutoDeploy: true }));
  const map = (ApiMappingKey: string, Stage: string) =>
    gateway.send(new CreateApiMappingCommand({ DomainName, ApiId: id, Stage, ApiMappingKey }));
  await map("", "$default");
  const { ApiMappingId } = await map("orders/v1", "dev");
  expect((await call(at, DomainName, "GET /a/b")).text).toBe(`${DomainName} /a/b $default ANY /{proxy+}`);
  expect((await call(at, DomainName, "GET /orders/v1/a")).text).toBe(`${DomainName} /orders/v1/a dev ANY /{proxy+}`);
  await expect(map("orders/v1", "$default")).rejects.toMatchObject({ name: "ConflictException" });
  await expect(map("x", "nothing")).rejects.toMatchObject({ name: "BadRequestException" });
  const place = { DomainName, ApiMappingId };
  expect(await gateway.send(new GetApiMappingCommand(place))).toMatchObject({
    ApiMappingKey: "orders/v1",
    Stage: "dev",
  });
  await expect(gateway.send(new DeleteStageCommand({ ApiId: id, StageName: "dev" }))).rejects.toMatchObject({
    name: "BadRequestException",
  });
  await gateway.send(new UpdateApiMappingCommand({ ...place, ApiId: id, ApiMappingKey: "v2" }));
  expect((await call(at, DomainName, "GET /v2/a")).text).toBe(`${DomainName} /v2/a dev ANY /{proxy+}`);
  await gateway.send(new DeleteApiMappingCommand(place));
  expect((await gateway.send(new GetApiMappingsCommand({ DomainName }))).Items).toMatchObject([{ ApiMappingKey: "" }]);
  const renewed = { ...certificate, CertificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/b" };
  await gateway.send(new UpdateDomainNameCommand({ DomainName, DomainNameConfigurations: [renewed] }));
  expect((await gateway.send(new GetDomainNameCommand({ DomainName }))).DomainNameConfigurations).toMatchObject([
    renewed,
  ]);
  expect((await gateway.send(new GetDomainNamesCommand({}))).Items).toMatchObject([{ DomainName }]);
  await gateway.send(new DeleteDomainNameCommand({ DomainName }));
  expect((await call(at, DomainName, "GET /a")).status).toBe(403);
});
