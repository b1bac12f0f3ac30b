// Requests that are larger or stranger than an API takes them.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addRoutes,
  callApi,
  deploy,
  makeApi,
  makeFunction,
  proxyTo,
  startApiCloud,
  type ApiCloud,
} from "./test-api.ts";

let at: ApiCloud;
let id: string;

beforeAll(async () => {
  at = await startApiCloud("apigateway-odd-requests");
  id = await makeApi(at);
  const uri = await makeFunction(at, "told", "return { statusCode: 200, body: JSON.stringify(event) };");
  await addRoutes(at, id, { "ANY /{proxy+}": proxyTo(uri) });
  await deploy(at, id);
});

afterAll(() => at.cloud.close());

describe("too much", () => {
  test("10 MB go in and, declared or not, no more: 413 in plain words", async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1);
    for (const headers of [{}, { "Transfer-Encoding": "chunked", "Content-Length": [] }]) {
      const answer = await callApi(at, id, "POST /live/x", { body, headers });
      expect([answer.status, answer.headers["content-type"], answer.text]).toEqual([
        413,
        "text/plain",
        "HTTP content length exceeded 10485760 bytes.",
      ]);
    }
  });

  test("between Lambda's 6 MB and these, the API says so itself", async () => {
    const { status, json } = await callApi(at, id, "POST /live/x", { body: Buffer.alloc(7 * 1024 * 1024, "x") });
    expect([status, json]).toEqual([413, { message: "Request Too Long" }]);
  });

  test("the values of headers are 10,240 bytes at most", async () => {
    const sent = (bytes: number) => callApi(at, id, "GET /live/x", { headers: { "X-One": "x".repeat(bytes) } });
    expect((await sent(10_000)).status).toBe(200);
    const answer = await sent(10_241);
    expect([answer.status, answer.text]).toEqual([413, "HTTP header is larger than 10240 bytes."]);
  });
});

test("a semicolon in a query divides what it stands in", async () => {
  const { json } = await callApi(at, id, "GET /live/x?a=1;b=2&c=3%3B4");
  expect(json).toMatchObject({ queryStringParameters: { a: "1", b: "2", c: "3;4" } });
});
