// WebSocket APIs over real sockets: connecting, messages both ways, and how long they may be.

import { once } from "node:events";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFunctionAt } from "../../../../gateway/test-api-calls.ts";
import { addRoute } from "../test-http-api.ts";
import {
  asked,
  closeSocketCloud,
  integrationOf,
  lambdaUri,
  open,
  proxy,
  refusal,
  socketApi,
  startSocketCloud,
  twoWay,
  urlOf,
  type Client,
  type SocketCloud,
} from "./test-socket-api.ts";

let at: SocketCloud;
let id: string;
let seen: string;

/** Tells a queue of each event. */
const TELL = `
  const { SQSClient, SendMessageCommand } = await import("@aws-sdk/client-sqs");
  const QueueUrl = process.env.AWS_ENDPOINT_URL + "/000000000000/seen";
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
  if (event.queryStringParameters?.refuse === "throw") throw new Error("no");
  if (event.queryStringParameters?.refuse === "text") return "welcome";
  if (event.queryStringParameters?.refuse) return { statusCode: Number(event.queryStringParameters.refuse) };
  return { statusCode: 200, headers: { "Sec-WebSocket-Protocol": "chat" } };`;

beforeAll(async () => {
  at = await startSocketCloud("apigatewayv2-socket");
  const sqs = new SQSClient(at.cloud.clientConfig());
  ({ QueueUrl: seen = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "seen" })));
  const tell = await makeFunctionAt(at, "tell", TELL);
  const echo = await makeFunctionAt(
    at,
    "echo",
    "if (event.body === 'fail') throw new Error('no'); return { statusCode: 200, body: event.requestContext.routeKey + ' ' + event.body };",
  );
  const plain = await makeFunctionAt(at, "plain", "return { got: event };");
  id = await socketApi(at, { StageVariables: { v: "7" } });
  const told = await proxy(at, id, tell);
  for (const RouteKey of ["$connect", "$disconnect", "tell"]) await addRoute(at, id, told, { RouteKey });
  const echoed = await proxy(at, id, echo);
  for (const RouteKey of ["say", "$default"]) await twoWay(at, id, echoed, { RouteKey });
  const mock = await integrationOf(
    at,
    id,
    { IntegrationType: "MOCK", RequestTemplates: { $default: '{"statusCode": 404}' } },
    { $default: "other", "/4\\d{2}/": "gone from $context.connectionId" },
  );
  await twoWay(at, id, mock, { RouteKey: "mock" });
  const custom = await integrationOf(at, id, {
    IntegrationType: "AWS",
    IntegrationUri: lambdaUri(plain),
    TemplateSelectionExpression: "$request.body.kind",
    RequestTemplates: {
      short: '{"n":$input.json("$.n"),"who":"$context.connectionId","v":"$stageVariables.v"}',
    },
  });
  await twoWay(at, id, custom, { RouteKey: "custom" });
});

afterAll(() => closeSocketCloud(at));

const join = (query = "", client: Client = {}) => open(at, `${urlOf(at, id)}${query}`, { protocol: "chat", ...client });

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
    const socket = await join("?a=1&a=2", { headers: { "X-Own": "yes" } });
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
    expect(connectionId).toMatch(/^[A-Za-z0-9]{15}=$/);
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
    ["401", 401, "Unauthorized"],
    ["301", 301, "Moved Permanently"],
    ["501", 501, "Internal server error"],
    // Of a function that fails, or answers what is no response.
    ["throw", 502, "Internal server error"],
    ["text", 502, "Internal server error"],
  ])("that $connect answers with %s is refused with %i", async (said, status, message) => {
    expect(await refusal(`${urlOf(at, id)}?refuse=${said}`)).toEqual({ status, message });
    await until(1);
  });

  test("of no API is refused", async () => {
    expect(await refusal(urlOf(at, "nothing000"))).toEqual({ status: 403, message: "Forbidden" });
    const other = `ws://127.0.0.1:${at.cloud.port}/_aws/execute-api/${id}/other`;
    expect(await refusal(other)).toEqual({ status: 403, message: "Forbidden" });
  });
});

describe("a message", () => {
  test("is answered by the route that it selects, or by $default", async () => {
    const socket = await join();
    expect(await asked(socket, { action: "say", n: 1 })).toBe('say {"action":"say","n":1}');
    expect(await asked(socket, { action: "unknown" })).toBe('$default {"action":"unknown"}');
    expect(await asked(socket, "no JSON")).toBe("$default no JSON");
    socket.close();
  });

  test("whose function fails is answered with an error", async () => {
    const socket = await join();
    const { message, connectionId, requestId } = JSON.parse(await asked(socket, "fail")) as Record<string, string>;
    expect([message, connectionId?.length, requestId?.length]).toEqual(["Internal server error", 16, 16]);
    socket.close();
  });

  test("whose function takes too long is answered that it does", async () => {
    const IntegrationUri = lambdaUri(
      await makeFunctionAt(at, "slow", "await new Promise(() => setTimeout(() => {}, 30_000))"),
    );
    const slow = await integrationOf(at, id, { IntegrationType: "AWS_PROXY", IntegrationUri, TimeoutInMillis: 50 });
    await twoWay(at, id, slow, { RouteKey: "slow" });
    const socket = await join();
    expect(JSON.parse(await asked(socket, { action: "slow" }))).toMatchObject({
      message: "Endpoint request timed out",
    });
    socket.close();
  });

  test("to a mock is answered by the response of its status", async () => {
    const socket = await join();
    expect(await asked(socket, { action: "mock" })).toMatch(/^gone from [A-Za-z0-9]{15}=$/);
    socket.close();
  });

  test("goes to a function through the template that it selects, or as it is", async () => {
    const socket = await join();
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
    await addRoute(at, id, await proxy(at, id, arn), { RouteKey: "post" });
    const socket = await join();
    expect(await asked(socket, { action: "post" })).toBe('posted {"action":"post"}');
    socket.close();
  });

  test("of a frame above 32 KB ends the connection", async () => {
    const socket = await join();
    expect((await asked(socket, "x".repeat(32 * 1024))).length).toBe(9 + 32 * 1024);
    socket.send("x".repeat(32 * 1024 + 1));
    const [code] = (await once(socket, "close")) as [number];
    expect(code).toBe(1009);
  });

  test("of several frames may have 128 KB", async () => {
    const socket = await join();
    const frames = (count: number) => {
      for (let at = 0; at < count; at += 1) socket.send("x".repeat(32 * 1024), { fin: at === count - 1 });
    };
    const answer = once(socket, "message") as Promise<[Buffer]>;
    frames(4);
    expect((await answer)[0].length).toBe(9 + 128 * 1024);
    const closed = once(socket, "close") as Promise<[number]>;
    frames(5);
    expect((await closed)[0]).toBe(1009);
  });

  test("of bytes ends the connection: text alone is taken", async () => {
    const socket = await join();
    const closed = once(socket, "close") as Promise<[number]>;
    socket.send(Buffer.from("{}"));
    expect((await closed)[0]).toBe(1003);
  });
});
