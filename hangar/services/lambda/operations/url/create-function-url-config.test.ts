// Function URLs over real HTTP: payload format 2.0, answers, CORS and access.

import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionUrlConfigsCommand,
  UpdateFunctionUrlConfigCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
let url = "";
const arn = "arn:aws:lambda:us-east-1:000000000000:function:web";

type Answer = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: string };

/** Names under localhost do not resolve everywhere: connects to the endpoint and names the host. */
function ask(
  path: string,
  options: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<Answer> {
  const target = new URL(path, url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: "127.0.0.1",
        port: target.port,
        path: target.pathname + target.search,
        method: options.method ?? "GET",
        headers: { ...options.headers, Host: target.host },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    outgoing.on("error", reject);
    outgoing.end(options.body);
  });
}

beforeAll(async () => {
  at = await startLambdaCloud("urls");
  await makeFunction(at, "web", {
    "index.js": `exports.handler = async (event) => {
      if (event.rawPath === "/plain") return "text";
      if (event.rawPath === "/object") return { hello: "world" };
      if (event.rawPath === "/full") return { statusCode: 201, headers: { "X-Own": "yes", "content-type": "text/plain" }, cookies: ["a=1", "b=2"], body: Buffer.from("bytes").toString("base64"), isBase64Encoded: true };
      if (event.rawPath === "/fail") throw new Error("no");
      return { statusCode: 200, body: JSON.stringify(event) };
    };`,
  });
  const created = await at.lambda.send(
    new CreateFunctionUrlConfigCommand({
      FunctionName: "web",
      AuthType: "NONE",
      Cors: { AllowOrigins: ["https://app.example"], AllowMethods: ["GET"], MaxAge: 60 },
    }),
  );
  url = created.FunctionUrl ?? "";
  expect(created).toMatchObject({
    FunctionArn: arn,
    AuthType: "NONE",
    FunctionUrl: expect.stringMatching(/^http:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.localhost:\d+\/$/),
  });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

test("a public URL is forbidden without permission for everyone to invoke it and the function by it", async () => {
  const answer = await ask("/");
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    403,
    {
      Message:
        "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    },
  ]);
  await at.lambda.send(
    new AddPermissionCommand({
      FunctionName: "web",
      StatementId: "public",
      Action: "lambda:InvokeFunctionUrl",
      Principal: "*",
      FunctionUrlAuthType: "NONE",
    }),
  );
  expect((await ask("/")).status).toBe(403);
  const invoke = { FunctionName: "web", Action: "lambda:InvokeFunction", Principal: "*", InvokedViaFunctionUrl: true };
  await at.lambda.send(new AddPermissionCommand({ ...invoke, StatementId: "by-url" }));
  expect((await ask("/")).status).toBe(200);
  // Not otherwise, even where everybody may.
  const { FunctionArn = "" } = await at.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "web" }));
  const other = new LambdaClient({
    ...at.cloud.clientConfig(),
    credentials: { accessKeyId: "111111111111", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  await expect(other.send(new InvokeCommand({ FunctionName: FunctionArn }))).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
});

test("a request is an event in format 2.0", async () => {
  const answer = await ask("/pa%2Fth?q=1&multi=a&multi=b", {
    method: "POST",
    headers: { "Content-Type": "application/json", Cookie: "x=1; y=2", "X-Own": "v" },
    body: '{"a":1}',
  });
  const event = JSON.parse(answer.body) as Record<string, unknown>;
  const host = new URL(url).hostname;
  expect(event).toMatchObject({
    version: "2.0",
    routeKey: "$default",
    rawPath: "/pa%2Fth",
    rawQueryString: "q=1&multi=a&multi=b",
    cookies: ["x=1", "y=2"],
    headers: { "content-type": "application/json", "x-own": "v" },
    queryStringParameters: { q: "1", multi: "a,b" },
    requestContext: {
      accountId: "anonymous",
      domainName: host,
      domainPrefix: host.split(".")[0],
      http: { method: "POST", path: "/pa%2Fth", protocol: "HTTP/1.1" },
      routeKey: "$default",
      stage: "$default",
    },
    body: '{"a":1}',
    isBase64Encoded: false,
  });
});

test("answers: text, objects, full responses and errors", async () => {
  const [plain, object, full, failed] = await Promise.all([ask("/plain"), ask("/object"), ask("/full"), ask("/fail")]);
  expect([plain.status, plain.headers["content-type"], plain.body]).toEqual([200, "application/json", "text"]);
  expect([object.status, object.body]).toEqual([200, '{"hello":"world"}']);
  expect([
    full.status,
    full.headers["x-own"],
    full.headers["set-cookie"],
    full.headers["content-type"],
    full.body,
  ]).toEqual([201, "yes", ["a=1", "b=2"], "text/plain", "bytes"]);
  expect([failed.status, failed.body]).toEqual([502, "Internal Server Error"]);
});

test("CORS: the preflight is answered, the origin is echoed, others get nothing", async () => {
  const preflight = await ask("/plain", {
    method: "OPTIONS",
    headers: { Origin: "https://app.example", "Access-Control-Request-Method": "GET" },
  });
  expect([
    preflight.status,
    preflight.headers["access-control-allow-origin"],
    preflight.headers["access-control-allow-methods"],
    preflight.headers["access-control-max-age"],
  ]).toEqual([200, "https://app.example", "GET", "60"]);
  expect(
    (await ask("/plain", { headers: { Origin: "https://app.example" } })).headers["access-control-allow-origin"],
  ).toBe("https://app.example");
  expect(
    (await ask("/plain", { headers: { Origin: "https://other.example" } })).headers["access-control-allow-origin"],
  ).toBeUndefined();
});

test("a URL is read, listed, changed to AWS_IAM, and deleted", async () => {
  expect(await at.lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: "web" }))).toMatchObject({
    FunctionUrl: url,
    InvokeMode: "BUFFERED",
  });
  expect(
    (await at.lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName: "web" }))).FunctionUrlConfigs,
  ).toHaveLength(1);
  await expect(
    at.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: "web", AuthType: "NONE" })),
  ).rejects.toMatchObject({
    name: "ResourceConflictException",
    message: `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
  });
  await at.lambda.send(new UpdateFunctionUrlConfigCommand({ FunctionName: "web", AuthType: "AWS_IAM" }));
  expect((await ask("/")).status).toBe(403);
  await at.lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName: "web" }));
  await expect(at.lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: "web" }))).rejects.toMatchObject({
    message: "The resource you requested does not exist.",
  });
});

test("with RESPONSE_STREAM the body comes as the handler writes it, under the head it gives first", async () => {
  await makeFunction(at, "stream", {
    "index.js": `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
      if (event.rawPath === "/fail") throw new Error("no");
      const out = awslambda.HttpResponseStream.from(stream, { statusCode: 203, headers: { "X-Own": "yes", "content-type": "text/plain" }, cookies: ["a=1"] });
      out.write("one ");
      // The rest only comes once the reader has had the first piece.
      await fetch(event.queryStringParameters.gate);
      out.write("two");
      out.end();
    });`,
  });
  const { FunctionUrl = "" } = await at.lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: "stream", AuthType: "NONE", InvokeMode: "RESPONSE_STREAM" }),
  );
  for (const Action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"])
    await at.lambda.send(
      new AddPermissionCommand({
        FunctionName: "stream",
        StatementId: Action.replace(":", ""),
        Action,
        Principal: "*",
        ...(Action.endsWith("Url") ? { FunctionUrlAuthType: "NONE" } : {}),
      }),
    );
  const { first, whole } = await readGated(new URL(FunctionUrl));
  expect(first).toBe("one ");
  expect(whole).toEqual({
    status: 203,
    headers: expect.objectContaining({ "x-own": "yes", "content-type": "text/plain", "set-cookie": ["a=1"] }),
    body: "one two",
  });
  url = FunctionUrl;
  expect(await ask("/fail")).toMatchObject({ status: 502, body: "Internal Server Error" });
});

/** Reads a streamed answer whose handler waits at a gate until its first piece has come. */
async function readGated(target: URL): Promise<{ first: string; whole: Answer }> {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const gate = createServer((_request, response) => void opened.then(() => response.end()));
  await new Promise<void>((resolve) => gate.listen(0, "127.0.0.1", resolve));
  const { port } = gate.address() as AddressInfo;
  const path = `/?gate=${encodeURIComponent(`http://127.0.0.1:${port}/`)}`;
  try {
    return await new Promise((resolve, reject) => {
      request({ host: "127.0.0.1", port: target.port, path, headers: { Host: target.host } }, (response) => {
        const pieces: string[] = [];
        response.setEncoding("utf8").on("data", (piece: string) => {
          pieces.push(piece);
          open();
        });
        response.on("end", () =>
          resolve({
            first: pieces[0] ?? "",
            whole: { status: response.statusCode ?? 0, headers: response.headers, body: pieces.join("") },
          }),
        );
      })
        .on("error", reject)
        .end();
    });
  } finally {
    gate.closeAllConnections();
    gate.close();
  }
}
