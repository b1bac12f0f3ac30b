// Lambda invocations, warm and cold, and API Gateway in front of them.

import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import { spawnSync } from "node:child_process";
import { Agent, createServer, request, type RequestOptions } from "node:http";
import type { AddressInfo } from "node:net";
import { startHangar } from "../child.ts";
import { requestsPerSecond } from "../load.ts";
import { atLeast, atMost, median, medianOf, ms, timed, type Row } from "../table.ts";

const CODE = zipSync({
  "index.mjs": Buffer.from('export const handler = async () => ({ statusCode: 200, body: "hello" });'),
});
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

const WITH_SDK = zipSync({
  "index.js": Buffer.from(`const { S3Client } = require("@aws-sdk/client-s3");
const { DynamoDBDocumentClient } = require("@aws-sdk/lib-dynamodb");
const { DynamoDBClient } = require("@aws-sdk/client-dynamodb");
const clients = [new S3Client({}), DynamoDBDocumentClient.from(new DynamoDBClient({}))];
exports.handler = async () => clients.length;`),
});
const INVOKE = "/2015-03-31/functions/plain-0/invocations";
const REGION = "us-east-1";
const COLD_RUNS = 7;
const ROUNDS = 5;
const CALLERS = 4;
/** Longer than the processes in waiting take to be replaced. */
const PAUSE = 1500;

export async function run(): Promise<readonly Row[]> {
  const server = await startHangar();
  try {
    return await measure(server.port);
  } finally {
    await server.stop();
  }
}

async function measure(port: number): Promise<readonly Row[]> {
  const config = configFor(port);
  const lambda = new LambdaClient(config);
  const { Role } = await new IAMClient(config).send(
    new CreateRoleCommand({ RoleName: "bench", AssumeRolePolicyDocument: TRUST }),
  );
  const functions = { lambda, role: Role?.Arn };
  const empty = await medianOf(COLD_RUNS, () => spawnSync(process.execPath, ["-e", "0"]));
  const plainCold = await coldStarts(functions, "plain", CODE);
  const withSdk = await coldStarts(functions, "with-sdk", WITH_SDK);
  const echo = await echoed();
  const warm = await p50(400, () => invoke(lambda, "plain-0"));
  const path = await makeApi(new APIGatewayClient(config), lambda);
  const { plain, api } = await besideEachOther(port, path);
  const request = { method: "POST", path: INVOKE, headers: SIGNED, body: "{}" };
  // The first brings up an environment for each caller.
  await requestsPerSecond(port, request, { connections: CALLERS });
  const rate = await requestsPerSecond(port, request, { seconds: 3, connections: CALLERS });
  const extra = api - plain;
  const beside = `node -e 0: ${ms(empty)}`;
  return [
    cold(beside, "cold invoke over HTTP", plainCold, empty),
    cold(beside, "cold invoke, S3 and DynamoDB clients", withSdk, empty),
    {
      what: "warm invoke over plain HTTP, p50",
      measured: ms(plain),
      against: `node:http echo: ${ms(echo)}`,
      ratio: plain / echo,
      ...atMost(2, plain, "ms"),
    },
    { what: "warm invoke over HTTP, SDK, p50", measured: ms(warm), ...atMost(2, warm, "ms") },
    {
      what: `warm invokes of one function, ${CALLERS} callers`,
      measured: `${Math.round(rate)}/s`,
      ...atLeast(1500, rate),
    },
    { what: "API Gateway -> Lambda over HTTP, p50", measured: ms(api), ...atMost(3, api, "ms") },
    { what: "of that, API Gateway's own", measured: ms(extra), ...atMost(1, extra, "ms") },
  ];
}

function configFor(port: number): object {
  return {
    endpoint: `http://127.0.0.1:${port}`,
    region: REGION,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
}

function cold(against: string, what: string, time: number, empty: number): Row {
  return { what, measured: ms(time), against, ratio: time / empty, ...atMost(2, time / empty) };
}

/** In turn, so that a busy moment of the machine falls on both. */
async function besideEachOther(port: number, path: string): Promise<{ readonly plain: number; readonly api: number }> {
  const plain: number[] = [];
  const api: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [own, through] = [await p50(240, () => post(port, INVOKE)), await p50(240, () => get(port, path))];
    if (round === 0) continue;
    plain.push(own);
    api.push(through);
  }
  return { plain: median(plain), api: median(api) };
}

type Functions = { readonly lambda: LambdaClient; readonly role: string | undefined };

async function coldStarts({ lambda, role }: Functions, name: string, code: Uint8Array): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < COLD_RUNS; index += 1) {
    await makeFunction({ lambda, role }, `${name}-${index}`, code);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    times.push(await timed(() => invoke(lambda, `${name}-${index}`)));
  }
  return median(times);
}

async function echoed(): Promise<number> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => response.end(Buffer.concat(chunks)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const time = await p50(1200, () => post(port, "/"));
  server.closeAllConnections();
  server.close();
  return time;
}

async function makeFunction({ lambda, role }: Functions, name: string, code: Uint8Array): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: role,
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Code: { ZipFile: code },
    }),
  );
}

async function invoke(lambda: LambdaClient, name: string): Promise<void> {
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: name }));
  if (FunctionError !== undefined) throw new Error(`${FunctionError}: ${Payload?.transformToString()}`);
}

async function makeApi(gateway: APIGatewayClient, lambda: LambdaClient): Promise<string> {
  const { id: restApiId, rootResourceId } = await gateway.send(new CreateRestApiCommand({ name: "bench" }));
  const { id: resourceId } = await gateway.send(
    new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: "hello" }),
  );
  await gateway.send(new PutMethodCommand({ restApiId, resourceId, httpMethod: "GET", authorizationType: "NONE" }));
  const uri = `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/arn:aws:lambda:${REGION}:000000000000:function:plain-0/invocations`;
  await gateway.send(
    new PutIntegrationCommand({
      restApiId,
      resourceId,
      httpMethod: "GET",
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri,
    }),
  );
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: "plain-0",
      StatementId: "api",
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
    }),
  );
  await gateway.send(new CreateDeploymentCommand({ restApiId, stageName: "live" }));
  return `/_aws/execute-api/${restApiId}/live/hello`;
}

const agent = new Agent({ keepAlive: true });
const SIGNED = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=foo/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=00",
  "x-amz-date": "20260101T000000Z",
};

/** With a key whose signature nobody can check. */
const post = (port: number, path: string): Promise<void> => ask(port, { path, method: "POST", headers: SIGNED }, "{}");

const get = (port: number, path: string): Promise<void> => ask(port, { path, method: "GET" });

/** On a socket that stays open. */
function ask(port: number, options: RequestOptions, body?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request({ agent, host: "127.0.0.1", port, ...options }, (response) => {
      response.resume();
      response.once("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`)),
      );
    })
      .once("error", reject)
      .end(body);
  });
}

async function p50(runs: number, call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < runs; index += 1) times.push(await timed(call));
  return median(times.slice(runs / 4));
}
