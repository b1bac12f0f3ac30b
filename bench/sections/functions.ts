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
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { startCloud, type RunningCloud } from "../../hangar/index.ts";
import { atMost, median, medianOf, ms, timed, type Row } from "../table.ts";

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
const COLD_RUNS = 7;
/** Longer than the processes in waiting take to be replaced. */
const PAUSE = 1500;

export async function run(): Promise<readonly Row[]> {
  await using cloud = await startCloud();
  const { requestHandler: _inProcess, ...config } = cloud.clientConfig();
  const lambda = new LambdaClient(config);
  const { Role } = await new IAMClient(config).send(
    new CreateRoleCommand({ RoleName: "bench", AssumeRolePolicyDocument: TRUST }),
  );
  const functions = { lambda, role: Role?.Arn };
  const empty = await medianOf(COLD_RUNS, () => spawnSync(process.execPath, ["-e", "0"]));
  const cold = await coldStarts(functions, "plain", CODE);
  const withSdk = await coldStarts(functions, "with-sdk", WITH_SDK);
  const echo = await echoed();
  const port = Number(new URL(cloud.endpoint).port);
  const raw = await p50(1200, () => post(port, "/2015-03-31/functions/plain-0/invocations"));
  const warm = await p50(400, () => invoke(lambda, "plain-0"));
  const url = await makeApi(cloud, lambda);
  const api = await p50(400, () => get(url));
  const beside = `node -e 0: ${ms(empty)}`;
  return [
    { what: "cold invoke over HTTP", measured: ms(cold), against: beside, ratio: cold / empty },
    { what: "cold invoke, S3 and DynamoDB clients", measured: ms(withSdk), against: beside, ratio: withSdk / empty },
    {
      what: "warm invoke over plain HTTP, p50",
      measured: ms(raw),
      against: `node:http echo: ${ms(echo)}`,
      ratio: raw / echo,
    },
    { what: "warm invoke over HTTP, SDK, p50", measured: ms(warm), ...atMost(2, warm, "ms") },
    { what: "API Gateway -> Lambda over HTTP, p50", measured: ms(api), ...atMost(3, api, "ms") },
  ];
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

async function makeApi(cloud: RunningCloud, lambda: LambdaClient): Promise<string> {
  const { requestHandler: _inProcess, ...config } = cloud.clientConfig();
  const gateway = new APIGatewayClient(config);
  const { id: restApiId, rootResourceId } = await gateway.send(new CreateRestApiCommand({ name: "bench" }));
  const { id: resourceId } = await gateway.send(
    new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: "hello" }),
  );
  await gateway.send(new PutMethodCommand({ restApiId, resourceId, httpMethod: "GET", authorizationType: "NONE" }));
  const uri = `arn:aws:apigateway:${cloud.region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${cloud.region}:${cloud.account}:function:plain-0/invocations`;
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
  return `${cloud.endpoint}/_aws/execute-api/${restApiId}/live/hello`;
}

const agent = new Agent({ keepAlive: true });
const SIGNED = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=foo/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=00",
  "x-amz-date": "20260101T000000Z",
};

/** On a socket that stays open, with a key whose signature nobody can check. */
function post(port: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request({ agent, host: "127.0.0.1", port, path, method: "POST", headers: SIGNED }, (response) => {
      response.resume();
      response.once("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`)),
      );
    })
      .once("error", reject)
      .end("{}");
  });
}

function get(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, (response) => {
      response.resume();
      response.once("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`)),
      );
    })
      .once("error", reject)
      .end();
  });
}

async function p50(runs: number, call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < runs; index += 1) times.push(await timed(call));
  return median(times.slice(runs / 4));
}
