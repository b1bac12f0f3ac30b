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
import { request } from "node:http";
import { startCloud, type RunningCloud } from "../../hangar/index.ts";
import { median, ms, timed, type Row } from "../table.ts";

const CODE = zipSync({
  "index.mjs": Buffer.from('export const handler = async () => ({ statusCode: 200, body: "hello" });'),
});
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

export async function run(): Promise<readonly Row[]> {
  const cloud = await startCloud();
  try {
    return await measure(cloud);
  } finally {
    await cloud.close();
  }
}

async function measure(cloud: RunningCloud): Promise<readonly Row[]> {
  const { requestHandler: _inProcess, ...config } = cloud.clientConfig();
  const lambda = new LambdaClient(config);
  const { Role } = await new IAMClient(config).send(
    new CreateRoleCommand({ RoleName: "bench", AssumeRolePolicyDocument: TRUST }),
  );
  const cold: number[] = [];
  for (let index = 0; index < 7; index += 1) {
    await makeFunction(lambda, `bench-${index}`, Role?.Arn);
    cold.push(await timed(() => invoke(lambda, `bench-${index}`)));
  }
  const warm = await p50(400, () => invoke(lambda, "bench-0"));
  const url = await makeApi(cloud, lambda);
  const api = await p50(400, () => get(url));
  return [
    { what: "cold invoke over HTTP", measured: ms(median(cold)) },
    { what: "warm invoke over HTTP, SDK, p50", measured: ms(warm), aim: "<= 2 ms", met: warm <= 2 },
    { what: "API Gateway -> Lambda over HTTP, p50", measured: ms(api), aim: "<= 3 ms", met: api <= 3 },
  ];
}

async function makeFunction(lambda: LambdaClient, name: string, role: string | undefined): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: role,
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Code: { ZipFile: CODE },
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
  const uri = `arn:aws:apigateway:${cloud.region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${cloud.region}:${cloud.account}:function:bench-0/invocations`;
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
      FunctionName: "bench-0",
      StatementId: "api",
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
    }),
  );
  await gateway.send(new CreateDeploymentCommand({ restApiId, stageName: "live" }));
  return `${cloud.endpoint}/_aws/execute-api/${restApiId}/live/hello`;
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
