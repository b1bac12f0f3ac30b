// Integrations of HTTP APIs beside Lambda's: endpoints, AWS services, parameter mapping, time limits.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
} from "@aws-sdk/client-kinesis";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFunctionAt, makeRole } from "../../../gateway/test-api-calls.ts";
import { addRoute, call, makeApi, makeIntegration, startApiCloud, type ApiCloud } from "./test-http-api.ts";

let at: ApiCloud;
let id: string;
let backend: Server;
let role: string;
let origin: string;

beforeAll(async () => {
  at = await startApiCloud("apigatewayv2-integrations");
  backend = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (request.url?.startsWith("/never") === true) return;
      const { method, url, headers } = request;
      response.writeHead(Number(headers["x-status"] ?? 200), {
        "X-Back": "1",
        "Set-Cookie": ["a=1", "b=2"],
        "Content-Type": "application/json",
      });
      response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
    });
  });
  await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  id = await makeApi(at, {}, { StageVariables: { base: origin } });
  role = await makeRole(at, "integrations", "apigateway.amazonaws.com");
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
  backend.closeAllConnections();
  backend.close();
});

type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
};

async function http(key: string, uri: string, more: object = {}): Promise<void> {
  const plain = { IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", PayloadFormatVersion: "1.0" } as const;
  await addRoute(at, id, await makeIntegration(at, id, { ...plain, IntegrationUri: uri, ...more }), { RouteKey: key });
}

describe("HTTP proxy", () => {
  test("the request goes on, the answer comes back", async () => {
    await http("ANY /pass/{proxy+}", "${stageVariables.base}/in/{proxy}");
    const { status, headers, json } = await call(at, id, "PUT /pass/a%20b/c?x=1&x=2", {
      headers: { "X-Status": "418", "X-A": "1", "Content-Type": "text/plain" },
      body: "hello",
    });
    const seen = json as Seen;
    expect([status, headers["x-back"], headers["set-cookie"]]).toEqual([418, "1", ["a=1", "b=2"]]);
    expect(seen).toMatchObject({
      method: "PUT",
      url: "/in/a%20b/c?x=1&x=2",
      body: "hello",
      headers: { "x-a": "1", host: origin.slice(7), via: "HTTP/1.1 AmazonAPIGateway", "content-length": "5" },
    });
    expect(seen.headers["forwarded"]).toMatch(/^by=.*;for=127\.0\.0\.1;host=127\.0\.0\.1:\d+;proto=http$/);
    expect(seen.headers["x-amzn-trace-id"]).toMatch(/^Root=1-/);
    expect(seen.headers["x-forwarded-for"]).toBeUndefined();
  });

  test("parameters are appended, overwritten and removed on the way in", async () => {
    await http("POST /in/{name}", `${origin}/fixed`, {
      RequestParameters: {
        "append:header.x-a": "more",
        "overwrite:header.x-who": "$request.path.name",
        "remove:header.x-gone": "''",
        "overwrite:querystring.q": "$request.body.a.b",
        "append:querystring.z": "${context.stage}-${request.header.x-a}-${stageVariables.base}",
        "remove:querystring.gone": "''",
        "overwrite:path": "/new/$path",
      },
    });
    const { json } = await call(at, id, "POST /in/ada?q=old&gone=1", {
      headers: { "X-A": "one", "X-Gone": "1", "Content-Type": "application/json" },
      body: '{"a":{"b":"deep"}}',
    });
    const { url, headers } = json as Seen;
    const asked = new URL(url, origin);
    expect([asked.pathname, [...asked.searchParams]]).toEqual([
      "/new/%24path",
      [
        ["q", "deep"],
        ["z", `$default-one-${origin}`],
      ],
    ]);
    expect([headers["x-a"], headers["x-who"], headers["x-gone"]]).toEqual(["one, more", "ada", undefined]);
  });

  test("parameters of a status change the answer", async () => {
    await http("GET /out", `${origin}/out`, {
      ResponseParameters: {
        "403": {
          "overwrite:statuscode": "401",
          "append:header.x-back": "2",
          "overwrite:header.x-m": "$response.body.method",
          "remove:header.set-cookie": "''",
        },
      },
    });
    const changed = await call(at, id, "GET /out", { headers: { "X-Status": "403" } });
    expect([changed.status, changed.headers["x-back"], changed.headers["x-m"], changed.headers["set-cookie"]]).toEqual([
      401,
      "1, 2",
      "GET",
      undefined,
    ]);
    expect((await call(at, id, "GET /out")).headers["x-m"]).toBeUndefined();
  });

  test("an endpoint that nobody answers is unavailable", async () => {
    await http("GET /dead", "http://127.0.0.1:1/");
    expect(await call(at, id, "GET /dead")).toMatchObject({ status: 503, text: '{"message":"Service Unavailable"}' });
  });

  test("an endpoint that takes too long is unavailable when the clock says so", async () => {
    await http("GET /never", `${origin}/never`);
    await using fork = at.cloud.fork();
    fork.clock.hold();
    const { endpoint } = await fork.listen();
    const answer = fetch(`${endpoint}/_aws/execute-api/${id}/never`);
    await new Promise<void>((resolve) => backend.once("request", () => resolve()));
    await fork.clock.advance("30 seconds");
    const { status } = await answer;
    expect([status, await (await answer).text()]).toEqual([503, '{"message":"Service Unavailable"}']);
  });
});

test("parameters change what a function sees, too", async () => {
  const fn = await makeFunctionAt(
    at,
    "mapped",
    "return { path: event.rawPath, q: event.rawQueryString, a: event.headers['x-a'] };",
  );
  const made = await makeIntegration(at, id, {
    IntegrationUri: fn,
    RequestParameters: {
      "overwrite:path": "/else",
      "append:querystring.n": "1",
      "overwrite:header.x-a": "$request.method",
    },
  });
  await addRoute(at, id, made, { RouteKey: "GET /mapped" });
  expect((await call(at, id, "GET /mapped?m=0")).json).toEqual({ path: "/else", q: "m=0&n=1", a: "GET" });
});

describe("AWS services", () => {
  const post = (path: string, body: object) =>
    call(at, id, `POST ${path}`, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

  async function service(key: string, IntegrationSubtype: string, RequestParameters: Record<string, string>) {
    const more = { IntegrationSubtype, RequestParameters, CredentialsArn: role, PayloadFormatVersion: "1.0" };
    await addRoute(at, id, await makeIntegration(at, id, more), { RouteKey: key });
  }

  test("SQS-SendMessage puts a message into a queue", async () => {
    const sqs = new SQSClient(at.cloud.clientConfig());
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "inbox" }));
    await service("POST /queue", "SQS-SendMessage", {
      QueueUrl,
      MessageBody: "$request.body",
      DelaySeconds: "0",
      MessageAttributes: '{"kind":{"DataType":"String","StringValue":"${request.body.kind}"}}',
    });
    const { status, text } = await post("/queue", { kind: "note" });
    expect(status).toBe(200);
    expect(text).toContain("<MessageId>");
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"] }));
    expect(Messages[0]).toMatchObject({
      Body: '{"kind":"note"}',
      MessageAttributes: { kind: { StringValue: "note" } },
    });
  });

  test("EventBridge-PutEvents puts an event onto a bus", async () => {
    const sqs = new SQSClient(at.cloud.clientConfig());
    const events = new EventBridgeClient(at.cloud.clientConfig());
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "events" }));
    const policy = {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: "*",
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [policy] });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await events.send(new PutRuleCommand({ Name: "all", EventPattern: '{"source":["shop"]}' }));
    await events.send(
      new PutTargetsCommand({ Rule: "all", Targets: [{ Id: "q", Arn: "arn:aws:sqs:us-east-1:000000000000:events" }] }),
    );
    await service("POST /event", "EventBridge-PutEvents", {
      Source: "shop",
      DetailType: "$request.body.type",
      Detail: "$request.body",
    });
    const { status, json, headers } = await post("/event", { type: "sold" });
    expect([status, headers["content-type"], json]).toEqual([
      200,
      "application/json",
      { Entries: [{ EventId: expect.any(String) as string }], FailedEntryCount: 0 },
    ]);
    await at.cloud.settle();
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(JSON.parse(Messages[0]?.Body ?? "{}")).toMatchObject({
      source: "shop",
      "detail-type": "sold",
      detail: { type: "sold" },
    });
  });

  test("Kinesis-PutRecord puts a record into a stream", async () => {
    const kinesis = new KinesisClient(at.cloud.clientConfig());
    await kinesis.send(new CreateStreamCommand({ StreamName: "clicks", ShardCount: 1 }));
    await at.cloud.settle();
    await service("POST /click", "Kinesis-PutRecord", {
      StreamName: "clicks",
      Data: "$request.body.data",
      PartitionKey: "$context.requestId",
    });
    expect(await post("/click", { data: "one" })).toMatchObject({
      status: 200,
      json: { ShardId: "shardId-000000000000", SequenceNumber: expect.any(String) as string },
    });
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({
        StreamName: "clicks",
        ShardId: "shardId-000000000000",
        ShardIteratorType: "TRIM_HORIZON",
      }),
    );
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records.map(({ Data }) => Buffer.from(Data ?? []).toString())).toEqual(["one"]);
  });

  test("what the request lacks is an error of the server, and what the service refuses is its own", async () => {
    expect(await post("/click", { other: "one" })).toMatchObject({ status: 500 });
    await service("POST /nowhere", "SQS-SendMessage", {
      QueueUrl: "http://localhost/000000000000/none",
      MessageBody: "x",
    });
    const refused = await post("/nowhere", {});
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining("NonExistentQueue") as string]);
  });
});
