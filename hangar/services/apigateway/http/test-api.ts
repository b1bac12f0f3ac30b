// What the suites of the front door share: a cloud, functions, an API made of routes, and plain HTTP calls to it.

import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { zipSync, strToU8 } from "fflate";
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  type CreateRestApiCommandInput,
  type PutIntegrationCommandInput,
  type PutIntegrationResponseCommandInput,
  type PutMethodCommandInput,
} from "@aws-sdk/client-api-gateway";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { startCloud, type RunningCloud } from "../../../index.ts";

export type ApiCloud = {
  readonly cloud: RunningCloud;
  readonly gateway: APIGatewayClient;
  readonly lambda: LambdaClient;
  readonly iam: IAMClient;
};

export async function startApiCloud(seed: string): Promise<ApiCloud> {
  const cloud = await startCloud({ seed });
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  return { cloud, gateway: new APIGatewayClient(config), lambda: new LambdaClient(config), iam: new IAMClient(config) };
}

/** A role that a service may take, with one policy. */
export async function makeRole(at: ApiCloud, name: string, service: string, actions = ["*"]): Promise<string> {
  const trust = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
  const { Role } = await at.iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
    }),
  );
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] };
  await at.iam.send(
    new PutRolePolicyCommand({ RoleName: name, PolicyName: "all", PolicyDocument: JSON.stringify(policy) }),
  );
  return Role?.Arn ?? "";
}

/** A Node function from the body of its handler; API Gateway may call it unless told otherwise. Answers its integration URI. */
export async function makeFunction(at: ApiCloud, name: string, body: string, allowed = true): Promise<string> {
  const role = await makeRole(at, `${name}-role`, "lambda.amazonaws.com");
  const code = zipSync({ "index.mjs": strToU8(`export const handler = async (event) => {${body}};`) });
  const { FunctionArn } = await at.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: role,
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Code: { ZipFile: code },
    }),
  );
  if (allowed)
    await at.lambda.send(
      new AddPermissionCommand({
        FunctionName: name,
        StatementId: "api",
        Action: "lambda:InvokeFunction",
        Principal: "apigateway.amazonaws.com",
      }),
    );
  return `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FunctionArn}/invocations`;
}

export type RouteSpec = {
  readonly method?: Partial<PutMethodCommandInput>;
  readonly integration: Partial<PutIntegrationCommandInput> & Pick<PutIntegrationCommandInput, "type">;
  /** Integration responses by status. */
  readonly responses?: Readonly<Record<string, Partial<PutIntegrationResponseCommandInput>>>;
};

export const proxyTo = (uri: string, method: Partial<PutMethodCommandInput> = {}): RouteSpec => ({
  method,
  integration: { type: "AWS_PROXY", integrationHttpMethod: "POST", uri },
});

export async function makeApi(at: ApiCloud, more: Partial<CreateRestApiCommandInput> = {}): Promise<string> {
  const { id = "" } = await at.gateway.send(new CreateRestApiCommand({ name: "api", ...more }));
  return id;
}

/** `"GET /pets/{id}"` to what answers it. */
export async function addRoutes(at: ApiCloud, id: string, routes: Readonly<Record<string, RouteSpec>>): Promise<void> {
  for (const [route, spec] of Object.entries(routes)) {
    const [httpMethod = "", path = ""] = route.split(" ");
    await addRoute(at, { restApiId: id, resourceId: await resourceAt(at, id, path), httpMethod }, spec);
  }
}

type Place = { readonly restApiId: string; readonly resourceId: string; readonly httpMethod: string };

async function addRoute({ gateway }: ApiCloud, place: Place, { method, integration, responses = {} }: RouteSpec) {
  await gateway.send(new PutMethodCommand({ authorizationType: "NONE", ...place, ...method }));
  await gateway.send(new PutIntegrationCommand({ ...place, ...integration }));
  for (const [statusCode, response] of Object.entries(responses)) {
    const names = Object.keys(response.responseParameters ?? {});
    const responseParameters = Object.fromEntries(names.map((name) => [name, false]));
    await gateway.send(new PutMethodResponseCommand({ ...place, statusCode, responseParameters }));
    await gateway.send(new PutIntegrationResponseCommand({ ...place, statusCode, ...response }));
  }
}

async function resourceAt({ gateway }: ApiCloud, restApiId: string, path: string): Promise<string> {
  const { items = [] } = await gateway.send(new GetResourcesCommand({ restApiId, limit: 500 }));
  const known = new Map(items.map((item) => [item.path, item.id ?? ""]));
  let at = "/";
  for (const pathPart of path.split("/").filter((part) => part !== "")) {
    const next = `${at === "/" ? "" : at}/${pathPart}`;
    if (!known.has(next)) {
      const made = await gateway.send(new CreateResourceCommand({ restApiId, parentId: known.get(at), pathPart }));
      known.set(next, made.id ?? "");
    }
    at = next;
  }
  return known.get(at) ?? "";
}

export async function deploy({ gateway }: ApiCloud, restApiId: string, stageName = "live"): Promise<void> {
  await gateway.send(new CreateDeploymentCommand({ restApiId, stageName }));
}

export type Reply = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  readonly json: unknown;
};

export type Call = {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  /** The host that is asked for; the path is then below it. */
  readonly host?: string;
};

/** `GET /live/pets` of an API, over a real socket. */
export async function callApi(at: ApiCloud, id: string, route: string, call: Call = {}): Promise<Reply> {
  const [method = "GET", path = "/"] = route.split(" ");
  const { headers = {}, body, host } = call;
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest(
      {
        host: "127.0.0.1",
        port: at.cloud.port,
        method,
        path: host === undefined ? `/_aws/execute-api/${id}${path}` : path,
        headers: { ...length, ...(host === undefined ? {} : { Host: host }), ...headers } as Record<string, string>,
        agent: false,
      },
      resolve,
    );
    request.on("error", reject);
    request.end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString("utf8");
  return { status: response.statusCode ?? 0, headers: response.headers, bytes, text, json: jsonOf(text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
