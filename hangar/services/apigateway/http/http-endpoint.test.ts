// HTTP integrations against an endpoint of the suite's own.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addRoutes, callApi, deploy, makeApi, startApiCloud, type ApiCloud } from "./test-api.ts";

let at: ApiCloud;
let id: string;
let server: Server;

type Seen = { method: string; url: string; headers: Record<string, string>; body: string };

beforeAll(async () => {
  at = await startApiCloud("apigateway-http");
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url = "", headers } = request;
      if (url.startsWith("/slow")) return;
      response.writeHead(url.startsWith("/missing") ? 404 : 201, {
        "Content-Type": "application/vnd.own+json",
        "X-Own": "1",
        Server: "suite",
      });
      response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  id = await makeApi(at);
  const mapped = {
    "integration.request.path.rest": "method.request.path.rest",
    "integration.request.querystring.extra": "'more'",
    "integration.request.header.X-Stage": "context.stage",
  };
  await addRoutes(at, id, {
    "ANY /proxy/{rest+}": {
      integration: {
        type: "HTTP_PROXY",
        integrationHttpMethod: "ANY",
        uri: `${origin}/{rest}`,
        requestParameters: mapped,
      },
    },
    "POST /custom/{rest}": {
      integration: {
        type: "HTTP",
        integrationHttpMethod: "PUT",
        uri: `${origin}/{rest}`,
        requestParameters: mapped,
        requestTemplates: { "application/json": '{"wrapped":$input.json("$")}' },
      },
      responses: {
        "200": {
          responseParameters: {
            "method.response.header.X-From": "integration.response.header.X-Own",
            "method.response.header.Server": "integration.response.header.Server",
          },
        },
        "410": {
          selectionPattern: "404",
          responseTemplates: { "application/json": '{"gone":"$input.path("$.url")"}' },
        },
      },
    },
    "GET /slow": {
      integration: { type: "HTTP_PROXY", integrationHttpMethod: "GET", uri: `${origin}/slow`, timeoutInMillis: 50 },
    },
    "GET /refused": {
      integration: { type: "HTTP_PROXY", integrationHttpMethod: "GET", uri: "http://127.0.0.1:1/" },
    },
  });
  await deploy(at, id);
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await at.cloud.close();
});

test("a proxied request goes as it came, with what is mapped", async () => {
  const { status, json, headers } = await callApi(at, id, "PATCH /live/proxy/a/b%20c?q=1", {
    body: "hello",
    headers: { "Content-Type": "text/plain", "X-Mine": "yes" },
  });
  const seen = json as Seen;
  expect([status, seen.method, seen.url, seen.body]).toEqual([201, "PATCH", "/a/b%20c?q=1&extra=more", "hello"]);
  expect(seen.headers).toMatchObject({
    "content-type": "text/plain",
    "x-mine": "yes",
    "x-stage": "live",
    "x-amzn-apigateway-api-id": id,
  });
  expect(seen.headers["x-forwarded-for"]).toBeUndefined();
  expect(headers).toMatchObject({ "x-own": "1", "x-amzn-remapped-date": expect.any(String) as string });
});

test("a proxied endpoint's error status is the caller's", async () => {
  expect((await callApi(at, id, "GET /live/proxy/missing")).status).toBe(404);
});

test("a custom request is API Gateway's own, and the answer is mapped", async () => {
  const { status, json, headers } = await callApi(at, id, "POST /live/custom/x", {
    body: '{"a":1}',
    headers: { "X-Mine": "not passed on" },
  });
  const seen = json as Seen;
  expect([status, seen.method, seen.url, seen.body]).toEqual([200, "PUT", "/x?extra=more", '{"wrapped":{"a":1}}']);
  expect(seen.headers).toMatchObject({ accept: "application/json", "user-agent": `AmazonAPIGateway_${id}` });
  expect(seen.headers["x-mine"]).toBeUndefined();
  expect(headers).toMatchObject({
    "x-from": "1",
    "x-amzn-remapped-server": "suite",
    "content-type": "application/json",
  });
});

test("an answer is chosen by the endpoint's status", async () => {
  const { status, json } = await callApi(at, id, "POST /live/custom/missing", { body: "{}" });
  expect([status, json]).toEqual([410, { gone: "/missing?extra=more" }]);
});

test("an endpoint that takes too long, and one that is not there", async () => {
  const slow = await callApi(at, id, "GET /live/slow");
  const refused = await callApi(at, id, "GET /live/refused");
  expect([slow.status, slow.text]).toEqual([504, '{"message": "Endpoint request timed out"}']);
  expect([refused.status, refused.text]).toEqual([504, '{"message": "Network error communicating with endpoint"}']);
});
