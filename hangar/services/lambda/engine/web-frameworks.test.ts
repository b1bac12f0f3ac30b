// Web frameworks behind function URLs: Hono, and Express by serverless-http and serverless-express.

import { AddPermissionCommand, CreateFunctionUrlConfigCommand } from "@aws-sdk/client-lambda";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundled } from "./test-bundle.ts";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

let at: LambdaCloud;
beforeAll(async () => {
  at = await startLambdaCloud("frameworks");
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const EXPRESS = `import express from "express";
const app = express();
app.use(express.json());
app.get("/orders/:id", (request, response) => {
  response.cookie("seen", "yes").json({ id: request.params.id, query: request.query });
});
app.post("/orders", (request, response) => response.status(201).json(request.body));
`;
const HONO = `import { Hono } from "hono";
import { handle, streamHandle } from "hono/aws-lambda";
const app = new Hono();
app.get("/orders/:id", (c) => {
  c.header("set-cookie", "seen=yes; Path=/");
  return c.json({ id: c.req.param("id"), query: c.req.query() });
});
app.post("/orders", async (c) => c.json(await c.req.json(), 201));
`;

test.each([
  ["hono", "BUFFERED", `${HONO}export const handler = handle(app);`],
  ["hono-stream", "RESPONSE_STREAM", `${HONO}export const handler = streamHandle(app);`],
  [
    "serverless-http",
    "BUFFERED",
    `import serverless from "serverless-http";\n${EXPRESS}export const handler = serverless(app);`,
  ],
  [
    "serverless-express",
    "BUFFERED",
    `import serverlessExpress from "@codegenie/serverless-express";\n${EXPRESS}export const handler = serverlessExpress({ app });`,
  ],
] as const)("%s answers at a function URL (%s)", async (name, InvokeMode, source) => {
  await makeFunction(at, name, await bundled(source), { Timeout: 20, MemorySize: 256 });
  const { FunctionUrl = "" } = await at.lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: name, AuthType: "NONE", InvokeMode }),
  );
  for (const Action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"])
    await at.lambda.send(
      new AddPermissionCommand({
        FunctionName: name,
        StatementId: Action.slice("lambda:".length),
        Action,
        Principal: "*",
        ...(Action === "lambda:InvokeFunctionUrl" ? { FunctionUrlAuthType: "NONE" } : { InvokedViaFunctionUrl: true }),
      }),
    );
  const got = await ask(`${FunctionUrl}orders/7?page=2`);
  expect(got).toMatchObject({ status: 200, json: { id: "7", query: { page: "2" } }, cookies: ["seen=yes; Path=/"] });
  const made = await ask(`${FunctionUrl}orders`, JSON.stringify({ what: "tea" }));
  expect(made).toMatchObject({ status: 201, json: { what: "tea" } });
});

/** By the Host header: not every system resolves names below localhost. */
function ask(url: string, body?: string): Promise<{ status: number; json: unknown; cookies: string[] | undefined }> {
  const { host, port, pathname, search } = new URL(url);
  const given = body === undefined ? {} : { "content-type": "application/json", "content-length": body.length };
  const target = { host: "127.0.0.1", port, path: pathname + search, method: body === undefined ? "GET" : "POST" };
  return new Promise((resolve, reject) => {
    request({ ...target, headers: { host, ...given } }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () => {
        const json: unknown = JSON.parse(Buffer.concat(pieces).toString());
        resolve({ status: response.statusCode ?? 0, json, cookies: response.headers["set-cookie"] });
      });
    })
      .on("error", reject)
      .end(body);
  });
}
