// What the suites of both API Gateways share: roles, functions, and plain HTTP calls to an API.

import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { zipSync, strToU8 } from "fflate";
import { CreateRoleCommand, PutRolePolicyCommand, type IAMClient } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, type LambdaClient } from "@aws-sdk/client-lambda";

export type Clients = { readonly lambda: LambdaClient; readonly iam: IAMClient };

/** A role that a service may take, with one policy. */
export async function makeRole(at: Clients, name: string, service: string, actions = ["*"]): Promise<string> {
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

/** A Node function from the body of its handler; API Gateway may call it unless told otherwise. Answers its ARN. */
export function makeFunctionAt(at: Clients, name: string, body: string, allowed = true): Promise<string> {
  return makeFunctionFrom(at, name, `export const handler = async (event, context) => {${body}\n};`, allowed);
}

/** The same from its whole source. */
export async function makeFunctionFrom(at: Clients, name: string, source: string, allowed = true): Promise<string> {
  const role = await makeRole(at, `${name}-role`, "lambda.amazonaws.com");
  const code = zipSync({ "index.mjs": strToU8(source) });
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
  return FunctionArn ?? "";
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
export async function callApiAt(port: number, id: string, route: string, call: Call = {}): Promise<Reply> {
  const [method = "GET", path = "/"] = route.split(" ");
  const { headers = {}, body, host } = call;
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest(
      {
        host: "127.0.0.1",
        port,
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
