// WebSocket APIs over real sockets: connecting, messages both ways, @connections, limits and ends.

import { once } from "node:events";
import {
  CreateApiCommand,
  CreateAuthorizerCommand,
  CreateIntegrationResponseCommand,
  CreateRouteResponseCommand,
  CreateStageCommand,
  type CreateStageCommandInput,
} from "@aws-sdk/client-apigatewayv2";
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { WebSocket, type ClientOptions } from "ws";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFunctionAt } from "../../../../gateway/test-api-calls.ts";
import { addRoute, makeIntegration, startApiCloud, type ApiCloud } from "../test-http-api.ts";

let at: ApiCloud;
let id: string;
let seen: string;
const sockets: WebSocket[] = [];

const STAGE: Partial<CreateStageCommandInput> = { StageName: "live", AutoDeploy: true, StageVariables: { v: "7" } };

async function socketApi(): Promise<string> {
  const { ApiId = "" } = await at.gateway.send(
    new CreateApiCommand({ Name: "chat", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" }),
  );
  await at.gateway.send(new CreateStageCommand({ ApiId, StageName: "live", ...STAGE }));
  return ApiId;
}

const lambdaUri = (arn: string) => `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;

/** Tells a queue of each event. */
const TELL = `
  const { SQSClient, SendMessageCommand } = await import("@aws-sdk/client-sqs");
  const QueueUrl = process.env.AWS_ENDPOINT_URL + "/000000000000/seen";
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
  if (event.queryStringParameters?.refuse) return { statusCode: Number(event.queryStringParameters.refuse) };
  return { statusCode: 200, headers: { "Sec-WebSocket-Protocol": "chat" } };`;

beforeAll(async () => {
  at = await startApiCloud("apigatewayv2-socket");
  const sqs = new SQSClient(at.cloud.clientConfig());
  ({ QueueUrl: seen = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "seen" })));
  const tell = await makeFunctionAt(at, "tell", TELL);
  const echo = await makeFunctionAt(
    at,
    "echo",
    "if (event.body === 'fail') throw new Error('no'); return { statusCode: 200, body: event.requestContext.routeKey + ' ' + event.body };",
  );
  const plain = await makeFunctionAt(at, "plain", "return { got: event };");
  id = await socketApi();
  const proxy = (arn: string) =>
    makeIntegration(at, id, { IntegrationUri: lambdaUri(arn), PayloadFormatVersion: undefined });
  const told = await proxy(tell);
  await addRoute(at, id, told, { RouteKey: "$connect" });
  await addRoute(at, id, told, { RouteKey: "$disconnect" });
  await addRoute(at, id, told, { RouteKey: "tell" });
  const echoed = await proxy(echo);
  await twoWay(await addRoute(at, id, echoed, { RouteKey: "say", RouteResponseSelectionExpression: "$default" }));
  await twoWay(await addRoute(at, id, echoed, { RouteKey: "$default", RouteResponseSelectionExpression: "$default" }));
  const mock = await makeIntegration(at, id, {
    IntegrationType: "MOCK",
    PayloadFormatVersion: undefined,
    RequestTemplates: { $default: '{"statusCode": 404}' },
  });
  for (const [key, text] of Object.entries({ $default: "other", "/4\\d{2}/": "gone from $context.connectionId" }))
    await at.gateway.send(
      new CreateIntegrationResponseCommand({
        ApiId: id,
        IntegrationId: mock,
        IntegrationResponseKey: key,
        ResponseTemplates: { $default: text },
      }),
    );
  await twoWay(await addRoute(at, id, mock, { RouteKey: "mock", RouteResponseSelectionExpression: "$default" }));
  const custom = await makeIntegration(at, id, {
    IntegrationType: "AWS",
    IntegrationUri: lambdaUri(plain),
    PayloadFormatVersion: undefined,
    TemplateSelectionExpression: "$request.body.kind",
    RequestTemplates: {
      short: '{"n":$input.json("$.n"),"who":"$context.connectionId","v":"$stageVariables.v"}',
    },
  });
  await twoWay(await addRoute(at, id, custom, { RouteKey: "custom", RouteResponseSelectionExpression: "$default" }));
}, 120_000);

async function twoWay(RouteId: string): Promise<void> {
  await at.gateway.send(new CreateRouteResponseCommand({ ApiId: id, RouteId, RouteResponseKey: "$default" }));
}

afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  await at.cloud.settle();
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const urlOf = (api = id, port = at.cloud.port) => `ws://127.0.0.1:${port}/_aws/execute-api/${api}/live`;

async function open(url = urlOf(), options: ClientOptions = {}): Promise<WebSocket> {
  const socket = new WebSocket(url, "chat", options);
  sockets.push(socket);
  await once(socket, "open");
  return socket;
}

/** The status a connection is refused with. */
async function refusal(url: string): Promise<number> {
  const socket = new WebSocket(url);
  socket.on("error", () => undefined);
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, { statusCode: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

async function asked(socket: WebSocket, message: object | string): Promise<string> {
  const answer = once(socket, "message") as Promise<[Buffer]>;
  socket.send(typeof message === "string" ? message : JSON.stringify(message));
  return (await answer)[0].toString();
}

type Event = {
  readonly requestContext: Readonly<Record<string, unknown>> & { readonly connectionId: string };
  readonly body?: string;
};

/** The next that the function was told of. */
async function until(count: number): Promise<readonly Event[]> {
  const sqs = new SQSClient(at.cloud.clientConfig());
  const found: Event[] = [];
  while (found.length < count) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: seen,
        MaxNumberOfMessages: 1,
        VisibilityTimeout: 40_000,
        WaitTimeSeconds: 20,
      }),
    );
    if (Messages.length === 0) throw new Error("The function was told of nothing.");
    found.push(...Messages.map(({ Body = "" }) => JSON.parse(Body) as Event));
  }
  return found;
}

describe("a client", () => {
  test("connects, says something and leaves, and a function is told of each", async () => {
    const socket = await open(`${urlOf()}?a=1&a=2`, { headers: { "X-Own": "yes" } });
    expect(socket.protocol).toBe("chat");
    const [connect] = await until(1);
    const connectionId = connect?.requestContext.connectionId ?? "";
    const same = {
      stage: "live",
      connectionId,
      apiId: id,
      domainName: `${id}.execute-api.us-east-1.amazonaws.com`,
      messageDirection: "IN",
      identity: { sourceIp: "127.0.0.1" },
      requestId: expect.stringMatching(/=$/) as string,
      extendedRequestId: expect.stringMatching(/=$/) as string,
      requestTime: expect.any(String) as string,
      requestTimeEpoch: expect.any(Number) as number,
      connectedAt: expect.any(Number) as number,
    };
    expect(connectionId).toMatch(/^[A-Za-z0-9]{14}=$/);
    expect(connect).toMatchObject({
      headers: { "X-Own": "yes" },
      multiValueHeaders: { "X-Own": ["yes"] },
      queryStringParameters: { a: "2" },
      multiValueQueryStringParameters: { a: ["1", "2"] },
      isBase64Encoded: false,
    });
    expect(connect?.requestContext).toEqual({ ...same, routeKey: "$connect", eventType: "CONNECT" });

    socket.send('{"action":"tell"}');
    const told = await until(1);
    expect(told[0]).toEqual({
      requestContext: {
        ...same,
        requestId: expect.any(String) as string,
        routeKey: "tell",
        eventType: "MESSAGE",
        messageId: expect.stringMatching(/=$/) as string,
      },
      stageVariables: { v: "7" },
      body: '{"action":"tell"}',
      isBase64Encoded: false,
    });

    socket.close(1000, "bye");
    const left = await until(1);
    expect(left[0]?.requestContext).toEqual({
      ...same,
      routeKey: "$disconnect",
      eventType: "DISCONNECT",
      disconnectStatusCode: 1000,
      disconnectReason: "bye",
    });
  });

  test.each([
    ["401", 401],
    ["500", 500],
  ])("that $connect answers with %s is refused with it", async (said, status) => {
    expect(await refusal(`${urlOf()}?refuse=${said}`)).toBe(status);
    await until(1);
  });

  test("of no API is refused", async () => {
    expect(await refusal(urlOf("nothing000"))).toBe(403);
    const other = `ws://127.0.0.1:${at.cloud.port}/_aws/execute-api/${id}/other`;
    expect(await refusal(other)).toBe(403);
  });
});

describe("a message", () => {
  test("is answered by the route that it selects, or by $default", async () => {
    const socket = await open();
    expect(await asked(socket, { action: "say", n: 1 })).toBe('say {"action":"say","n":1}');
    expect(await asked(socket, { action: "unknown" })).toBe('$default {"action":"unknown"}');
    expect(await asked(socket, "no JSON")).toBe("$default no JSON");
    socket.close();
  });

  test("whose function fails is answered with an error", async () => {
    const socket = await open();
    const { message, connectionId, requestId } = JSON.parse(await asked(socket, "fail")) as Record<string, string>;
    expect([message, connectionId?.length, requestId?.length]).toEqual(["Internal server error", 15, 16]);
    socket.close();
  });

  test("to a mock is answered by the response of its status", async () => {
    const socket = await open();
    expect(await asked(socket, { action: "mock" })).toMatch(/^gone from [A-Za-z0-9]{14}=$/);
    socket.close();
  });

  test("goes to a function through the template that it selects, or as it is", async () => {
    const socket = await open();
    const short = JSON.parse(await asked(socket, { action: "custom", kind: "short", n: [1] })) as { got: object };
    expect(short.got).toEqual({ n: [1], who: expect.stringMatching(/=$/) as string, v: "7" });
    const whole = JSON.parse(await asked(socket, { action: "custom" })) as { got: object };
    expect(whole.got).toEqual({ action: "custom" });
    socket.close();
  });

  test("is answered through @connections by a handler as it is written for AWS", async () => {
    const arn = await makeFunctionAt(
      at,
      "poster",
      `
      const { ApiGatewayManagementApiClient, PostToConnectionCommand } = await import("@aws-sdk/client-apigatewaymanagementapi");
      const { domainName, stage, connectionId } = event.requestContext;
      const client = new ApiGatewayManagementApiClient({ endpoint: "https://" + domainName + "/" + stage });
      await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: "posted " + event.body }));
      return { statusCode: 200 };`,
    );
    const integration = await makeIntegration(at, id, {
      IntegrationUri: lambdaUri(arn),
      PayloadFormatVersion: undefined,
    });
    await addRoute(at, id, integration, { RouteKey: "post" });
    const socket = await open();
    expect(await asked(socket, { action: "post" })).toBe('posted {"action":"post"}');
    socket.close();
  });

  test("of a frame above 32 KB ends the connection", async () => {
    const socket = await open();
    expect((await asked(socket, "x".repeat(32 * 1024))).length).toBe(9 + 32 * 1024);
    socket.send("x".repeat(32 * 1024 + 1));
    const [code] = (await once(socket, "close")) as [number];
    expect(code).toBe(1009);
  });
});

describe("@connections", () => {
  const management = (endpoint: string) =>
    new ApiGatewayManagementApiClient({ ...at.cloud.clientConfig(), requestHandler: undefined, endpoint } as never);
  const here = () => management(`${at.cloud.endpoint}/_aws/execute-api/${id}/live`);

  async function connected(): Promise<{ readonly socket: WebSocket; readonly ConnectionId: string }> {
    const socket = await open();
    const answer = JSON.parse(await asked(socket, { action: "custom", kind: "short" })) as { got: { who: string } };
    return { socket, ConnectionId: answer.got.who };
  }

  test("a message is posted, a connection is told of and ended", async () => {
    const { socket, ConnectionId } = await connected();
    const message = once(socket, "message") as Promise<[Buffer]>;
    await here().send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from("hello") }));
    expect((await message)[0].toString()).toBe("hello");
    expect(await here().send(new GetConnectionCommand({ ConnectionId }))).toMatchObject({
      ConnectedAt: expect.any(Date) as Date,
      LastActiveAt: expect.any(Date) as Date,
      Identity: { SourceIp: "127.0.0.1" },
    });
    const closed = once(socket, "close") as Promise<[number]>;
    await here().send(new DeleteConnectionCommand({ ConnectionId }));
    expect((await closed)[0]).toBe(1000);
    const gone = { name: "GoneException", $metadata: { httpStatusCode: 410 } };
    await expect(here().send(new GetConnectionCommand({ ConnectionId }))).rejects.toMatchObject(gone);
    await expect(here().send(new DeleteConnectionCommand({ ConnectionId }))).rejects.toMatchObject(gone);
    await expect(
      here().send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from("x") })),
    ).rejects.toMatchObject(gone);
  });

  test("128 KB may be posted, and no more", async () => {
    const { socket, ConnectionId } = await connected();
    await here().send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.alloc(128 * 1024, "x") }));
    await expect(
      here().send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.alloc(128 * 1024 + 1, "x") })),
    ).rejects.toMatchObject({ name: "PayloadTooLargeException", $metadata: { httpStatusCode: 413 } });
    socket.close();
  });

  test("only those may post whom IAM allows", async () => {
    const { socket, ConnectionId } = await connected();
    await at.iam.send(new CreateUserCommand({ UserName: "poster" }));
    const { AccessKey } = await at.iam.send(new CreateAccessKeyCommand({ UserName: "poster" }));
    const client = new ApiGatewayManagementApiClient({
      region: "us-east-1",
      endpoint: `${at.cloud.endpoint}/_aws/execute-api/${id}/live`,
      credentials: { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" },
    });
    const post = () => client.send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from("x") }));
    await expect(post()).rejects.toMatchObject({ name: "ForbiddenException" });
    const Resource = `arn:aws:execute-api:us-east-1:000000000000:${id}/live/POST/@connections/*`;
    const statement = { Effect: "Allow", Action: "execute-api:ManageConnections", Resource };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await at.iam.send(new PutUserPolicyCommand({ UserName: "poster", PolicyName: "post", PolicyDocument }));
    await post();
    socket.close();
  });

  test("a fork has none of its parent's connections, and its own are its own", async () => {
    const { socket, ConnectionId } = await connected();
    await using fork = at.cloud.fork();
    const { endpoint } = await fork.listen();
    const there = management(`${endpoint}/_aws/execute-api/${id}/live`);
    await expect(there.send(new GetConnectionCommand({ ConnectionId }))).rejects.toMatchObject({
      name: "GoneException",
    });
    const own = await open(urlOf(id, Number(new URL(endpoint).port)));
    const answer = JSON.parse(await asked(own, { action: "custom", kind: "short" })) as { got: { who: string } };
    expect(await there.send(new GetConnectionCommand({ ConnectionId: answer.got.who }))).toMatchObject({});
    await expect(here().send(new GetConnectionCommand({ ConnectionId: answer.got.who }))).rejects.toMatchObject({
      name: "GoneException",
    });
    own.close();
    socket.close();
  });
});

describe("on the clock", () => {
  test("ten minutes of silence end a connection, two hours end any", async () => {
    await using fork = at.cloud.fork();
    fork.clock.hold();
    const { endpoint } = await fork.listen();
    const url = urlOf(id, Number(new URL(endpoint).port));
    const silent = await open(url);
    const silentEnd = once(silent, "close") as Promise<[number, Buffer]>;
    const busy = await open(url);
    const busyEnd = once(busy, "close") as Promise<[number, Buffer]>;
    await asked(silent, "first");
    for (let minutes = 0; minutes < 115; minutes += 9) {
      await fork.clock.advance("9 minutes");
      if (busy.readyState === busy.OPEN) await asked(busy, "still here");
    }
    const [code, reason] = await silentEnd;
    expect([code, reason.toString(), busy.readyState]).toEqual([1001, "Going away", busy.OPEN]);
    await fork.clock.advance("4 minutes");
    expect((await busyEnd)[0]).toBe(1001);
  }, 60_000);
});

describe("authorizers of $connect", () => {
  async function guarded(body: string, more: object = {}): Promise<string> {
    const api = await socketApi();
    const arn = await makeFunctionAt(at, `guard-${api}`, body);
    const { AuthorizerId } = await at.gateway.send(
      new CreateAuthorizerCommand({
        ApiId: api,
        Name: "guard",
        AuthorizerType: "REQUEST",
        AuthorizerUri: lambdaUri(arn),
        IdentitySource: ["route.request.querystring.token"],
      }),
    );
    const echo = await makeFunctionAt(
      at,
      `who-${api}`,
      "return { statusCode: 200, body: JSON.stringify(event.requestContext.authorizer) };",
    );
    const integration = await makeIntegration(at, api, {
      IntegrationUri: lambdaUri(echo),
      PayloadFormatVersion: undefined,
    });
    await addRoute(at, api, integration, { RouteKey: "$connect", AuthorizationType: "CUSTOM", AuthorizerId, ...more });
    const RouteId = await addRoute(at, api, integration, {
      RouteKey: "$default",
      RouteResponseSelectionExpression: "$default",
    });
    await at.gateway.send(new CreateRouteResponseCommand({ ApiId: api, RouteId, RouteResponseKey: "$default" }));
    return api;
  }

  const POLICY =
    "return { principalId: 'ada', policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: event.queryStringParameters.token === 'yes' ? 'Allow' : 'Deny', Resource: event.methodArn }] }, context: { n: 1 } };";

  test("a policy lets in, and what it says of the caller stays with the connection", async () => {
    const api = await guarded(POLICY);
    expect(await refusal(urlOf(api))).toBe(401);
    expect(await refusal(`${urlOf(api)}?token=no`)).toBe(403);
    const socket = new WebSocket(`${urlOf(api)}?token=yes`);
    sockets.push(socket);
    await once(socket, "open");
    expect(JSON.parse(await asked(socket, "who"))).toMatchObject({ principalId: "ada", n: 1 });
    socket.close();
  });

  test("IAM lets in only who signs", async () => {
    const api = await guarded(POLICY, { AuthorizationType: "AWS_IAM", AuthorizerId: undefined });
    expect(await refusal(urlOf(api))).toBe(403);
  });
});
