// What the suites of the front door share: a cloud, functions, an API made of routes, and plain HTTP calls to it.

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
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { callApiAt, makeFunctionAt, makeFunctionFrom, type Call, type Reply } from "../../../gateway/test-api-calls.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { sign } from "../../../protocols/sigv4-sign.ts";

export { makeRole } from "../../../gateway/test-api-calls.ts";
export type { Reply } from "../../../gateway/test-api-calls.ts";

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

/** A Node function from the body of its handler; API Gateway may call it unless told otherwise. Answers its integration URI. */
export async function makeFunction(at: ApiCloud, name: string, body: string, allowed = true): Promise<string> {
  return invocationsOf(await makeFunctionAt(at, name, body, allowed));
}

function invocationsOf(arn: string): string {
  return `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

/** A function that streams, from the body of its handler, to an integration that does. */
export async function streamFrom(at: ApiCloud, name: string, body: string, more: object = {}): Promise<RouteSpec> {
  const source = `export const handler = awslambda.streamifyResponse(async (event, stream) => {${body}\n});`;
  const arn = await makeFunctionFrom(at, name, source);
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/${arn}/response-streaming-invocations`;
  const integration = {
    type: "AWS_PROXY",
    integrationHttpMethod: "POST",
    uri,
    responseTransferMode: "STREAM",
  } as const;
  return { integration: { ...integration, ...more } };
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

export async function resourceAt({ gateway }: ApiCloud, restApiId: string, path: string): Promise<string> {
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

/** `GET /live/pets` of an API, over a real socket. */
export function callApi(at: ApiCloud, id: string, route: string, call: Call = {}): Promise<Reply> {
  return callApiAt(at.cloud.port, id, route, call);
}

export type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

/** Keys of a new user with one policy. */
export async function makeKeys(
  { iam }: ApiCloud,
  name: string,
  actions: readonly string[],
  resource: string,
): Promise<Keys> {
  await iam.send(new CreateUserCommand({ UserName: name }));
  const statement = { Effect: "Allow", Action: actions, Resource: resource };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: "api", PolicyDocument: document }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}

/** A GET with a signature, at the API's own host. */
export function signedCall(
  at: ApiCloud,
  keys: Keys,
  call: { readonly id: string; readonly path: string; readonly headers?: Readonly<Record<string, string>> },
): Promise<Reply> {
  const host = `${call.id}.execute-api.us-east-1.amazonaws.com`;
  const signer = { ...keys, region: "us-east-1", service: "execute-api", now: at.cloud.clock.now() };
  const headers = sign({ method: "GET", path: call.path, query: "", headers: { host, ...call.headers } }, signer);
  return callApi(at, call.id, `GET ${call.path}`, { host, headers });
}
