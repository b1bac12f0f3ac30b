// Responses of proxy integrations that are given as they come.

import { createServer, request, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateLogGroupCommand, CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { TestInvokeMethodCommand, UpdateAccountCommand, UpdateStageCommand } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addRoutes,
  callApi,
  deploy,
  makeApi,
  makeRole,
  resourceAt,
  startApiCloud,
  streamFrom,
  type ApiCloud,
} from "./test-api.ts";

let at: ApiCloud;
let id: string;
let origin: string;
let backend: Server;
/** Those who wait at the backend until a test lets them go on. */
const waiting: (() => void)[] = [];
const LARGE = 11 * 1024 * 1024;

beforeAll(async () => {
  at = await startApiCloud("apigateway-streaming");
  backend = createServer((asked, response) => {
    if (asked.url === "/large") return void response.end(Buffer.alloc(LARGE, "a"));
    if (asked.url === "/pieces") response.writeHead(201, { "X-Own": "1" }).write("one ");
    waiting.push(() => response.end("two"));
  });
  await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  id = await makeApi(at, { minimumCompressionSize: 0 });
  const head =
    '{ statusCode: 203, headers: { "X-Own": "yes", Host: "h" }, multiValueHeaders: { "X-Two": ["1", "2"] }, cookies: ["a=1", "b=2"] }';
  const minutes = { timeoutInMillis: 900_000 };
  const passed = { type: "HTTP_PROXY", integrationHttpMethod: "GET", responseTransferMode: "STREAM" } as const;
  await addRoutes(at, id, {
    "GET /gated": await streamFrom(
      at,
      "gated",
      `const out = awslambda.HttpResponseStream.from(stream, ${head});
      out.write("one ");
      await fetch("${origin}/gate");
      out.end("two");`,
      minutes,
    ),
    "GET /breaks": await streamFrom(
      at,
      "breaks",
      `awslambda.HttpResponseStream.from(stream, {}).write("one");
      await fetch("${origin}/gate");
      throw new Error("boom");`,
    ),
    "GET /fails": await streamFrom(at, "fails", 'throw new Error("boom");'),
    "GET /headless": await streamFrom(at, "headless", 'stream.write("no head"); stream.end();'),
    "GET /late-head": await streamFrom(at, "late-head", 'stream.write("{" + " ".repeat(16384) + "}"); stream.end();'),
    "GET /http": { integration: { ...passed, uri: `${origin}/pieces` } },
    "GET /large": { integration: { ...passed, uri: `${origin}/large` } },
    "GET /whole": { integration: { ...passed, responseTransferMode: "BUFFERED", uri: `${origin}/large` } },
  });
  await deploy(at, id);
});

afterAll(async () => {
  backend.closeAllConnections();
  await new Promise((resolve) => backend.close(resolve));
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const released = (): void => waiting.splice(0).forEach((go) => go());

type Read = {
  readonly response: IncomingMessage;
  readonly first: string;
  readonly body: string;
  readonly cut: boolean;
};

/** Reads an answer, and does something as soon as its first piece has come. */
function read(path: string, then: () => unknown): Promise<Read> {
  const headers = { "Accept-Encoding": "gzip" };
  return new Promise((resolve, reject) => {
    const call = { host: "127.0.0.1", port: at.cloud.port, path: `/_aws/execute-api/${id}/live${path}`, headers };
    request(call, (response) => {
      const pieces: string[] = [];
      const done = (cut: boolean): void => resolve({ response, first: pieces[0] ?? "", body: pieces.join(""), cut });
      response.setEncoding("utf8").on("data", (piece: string) => {
        pieces.push(piece);
        if (pieces.length === 1) then();
      });
      response.on("end", () => done(false)).on("error", () => done(true));
    })
      .on("error", reject)
      .end();
  });
}

/** The function waits at the backend's gate. */
async function atTheGate(): Promise<void> {
  await expect.poll(() => waiting.length).toBe(1);
}

test("a function's response comes as it is written, under the head it gives first", async () => {
  const { response, first, body } = await read("/gated", () => void atTheGate().then(released));
  expect([response.statusCode, first, body]).toEqual([203, "one ", "one two"]);
  expect(response.headers).toMatchObject({
    "content-type": "application/json",
    "x-own": "yes",
    "x-amzn-remapped-host": "h",
    "x-two": "1, 2",
    "set-cookie": ["a=1", "b=2"],
    "x-amzn-trace-id": expect.stringMatching(/^Root=1-/),
  });
  expect(response.headers["content-encoding"]).toBeUndefined();
});

test.each(["/fails", "/headless", "/late-head"])("%s: without a head, a response is malformed", async (path) => {
  const { status, text } = await callApi(at, id, `GET /live${path}`);
  expect([status, text]).toEqual([502, '{"message": "Internal server error"}']);
});

test("a function that fails after its head breaks the connection", async () => {
  const { body, cut } = await read("/breaks", () => void atTheGate().then(released));
  expect([body, cut]).toEqual(["one", true]);
});

test("a stream of an edge-optimized API that says nothing for 30 seconds is cut", async () => {
  const { body, cut } = await read("/gated", () => void atTheGate().then(() => at.cloud.clock.advance("31 seconds")));
  released();
  expect([body, cut]).toEqual(["one ", true]);
});

test("an endpoint's response comes as it is sent", async () => {
  const { response, first, body } = await read("/http", released);
  expect([response.statusCode, response.headers["x-own"], first, body]).toEqual([201, "1", "one ", "one two"]);
});

test("more than 10 MB pass in a stream, and only there", async () => {
  const streamed = await callApi(at, id, "GET /live/large");
  expect([streamed.status, streamed.bytes.length]).toEqual([200, LARGE]);
  const whole = await callApi(at, id, "GET /live/whole");
  expect([whole.status, whole.text]).toEqual([500, '{"message": "Internal server error"}']);
});

test("the access log has a line for a stream when it has ended", async () => {
  const logs = new CloudWatchLogsClient(at.cloud.clientConfig());
  await logs.send(new CreateLogGroupCommand({ logGroupName: "access" }));
  const set = (path: string, value: string) => ({ op: "replace" as const, path, value });
  const role = await makeRole(at, "logger", "apigateway.amazonaws.com");
  await at.gateway.send(new UpdateAccountCommand({ patchOperations: [set("/cloudwatchRoleArn", role)] }));
  const patchOperations = [
    set("/accessLogSettings/destinationArn", "arn:aws:logs:us-east-1:000000000000:log-group:access"),
    set(
      "/accessLogSettings/format",
      "$context.status $context.responseLength $context.integration.responseTransferMode",
    ),
  ];
  await at.gateway.send(new UpdateStageCommand({ restApiId: id, stageName: "live", patchOperations }));
  await read("/gated", () => void atTheGate().then(released));
  await at.cloud.settle();
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: "access" }));
  expect(events.map(({ message }) => message)).toEqual(["203 7 STREAMED"]);
});

test("a test of the method gives a stream whole, and has no log of it", async () => {
  const resourceId = await resourceAt(at, id, "/large");
  const test = new TestInvokeMethodCommand({ restApiId: id, resourceId, httpMethod: "GET" });
  const { status, body = "", log } = await at.gateway.send(test);
  expect([status, log]).toEqual([200, ""]);
  expect(body.length).toBeGreaterThan(1024 * 1024);
});
