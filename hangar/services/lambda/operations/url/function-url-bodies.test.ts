// What function URLs hand on as text, and what they can make a response of.

import { AddPermissionCommand, CreateFunctionUrlConfigCommand } from "@aws-sdk/client-lambda";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
let host: string;

beforeAll(async () => {
  at = await startLambdaCloud("url-bodies");
  const index = `exports.handler = async ({ rawPath, body, isBase64Encoded }) => {
  const bytes = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8").toString();
  return rawPath === "/answer" ? JSON.parse(bytes) : { body, isBase64Encoded };
};`;
  await makeFunction(at, "bodies", { "index.js": index });
  const { FunctionUrl = "" } = await at.lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: "bodies", AuthType: "NONE" }),
  );
  const everybody = { FunctionName: "bodies", Principal: "*" };
  const url = { StatementId: "url", Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE" } as const;
  await at.lambda.send(new AddPermissionCommand({ ...everybody, ...url }));
  const invoke = { StatementId: "invoke", Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true };
  await at.lambda.send(new AddPermissionCommand({ ...everybody, ...invoke }));
  ({ host } = new URL(FunctionUrl));
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

type Answer = { readonly status: number; readonly body: string };

/** Names under localhost do not resolve everywhere: connects to the endpoint and names the host. */
async function post(path: string, body: string, type?: string): Promise<Answer> {
  const headers = { host, ...(type === undefined ? {} : { "content-type": type }) };
  const port = new URL(`http://${host}`).port;
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, path, method: "POST", headers }, (response) => {
      const status = response.statusCode ?? 0;
      text(response).then((answer) => resolve({ status, body: answer }), reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

test.each([
  ["text/csv", false],
  ["application/json; charset=utf-8", false],
  ["application/xml", false],
  ["application/javascript", false],
  ["application/x-www-form-urlencoded", true],
  ["multipart/form-data; boundary=x", true],
  ["application/octet-stream", true],
  [undefined, true],
])("a body of %s comes as base64: %s", async (type, encoded) => {
  const answer = await post("/", "a=1", type);
  const body = encoded ? Buffer.from("a=1").toString("base64") : "a=1";
  expect(JSON.parse(answer.body)).toEqual({ body, isBase64Encoded: encoded });
});

test.each<[object, number]>([
  [{ statusCode: "204" }, 204],
  [{ statusCode: "created" }, 502],
  [{ statusCode: 999 }, 502],
  [{ statusCode: null }, 200],
  [{ statusCode: 200, headers: "x-a: 1" }, 502],
  [{ statusCode: 200, cookies: "a=1" }, 502],
  [{ statusCode: 200, cookies: [1] }, 502],
  [{ statusCode: 200, headers: null, cookies: null, body: null }, 200],
])("%j is answered with %d", async (given, status) => {
  const answer = await post("/answer", JSON.stringify(given), "application/json");
  expect(answer.status).toBe(status);
  if (status === 502) expect(answer.body).toBe("Internal Server Error");
});
