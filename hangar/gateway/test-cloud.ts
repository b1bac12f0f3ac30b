// Requests as clients of every protocol send them, signed or not, and their answers as those clients read them.

import { request as httpRequest } from "node:http";
import { expect } from "vitest";
import type { RunningCloud } from "../index.ts";
import { decodeCbor } from "../protocols/cbor-data.ts";
import { sign } from "../protocols/sigv4-sign.ts";

export type Request = {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export function json(service: string, target: string, body = "{}"): Request {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  return { service, method: "POST", path: "/", headers, body };
}

export function form(service: string, body: string): Request {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return { service, method: "POST", path: "/", headers, body };
}

export function rest(service: string, path: string, method = "GET"): Request {
  return { service, method, path };
}

export function cbor(operation: string): Request {
  const headers = { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };
  const path = `/service/GraniteServiceVersion20100801/operation/${operation}`;
  return { service: "monitoring", method: "POST", path, headers };
}

export type Signing = {
  readonly key?: string;
  readonly secret?: string;
  readonly now?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly unsigned?: true;
};

export async function send(to: RunningCloud, request: Request, signing: Signing = {}): Promise<Response> {
  const { endpoint } = to;
  const { service, method, path, query = "", body } = request;
  const headers = { host: new URL(endpoint).host, ...request.headers };
  const signer = {
    accessKeyId: signing.key ?? "test",
    secretAccessKey: signing.secret ?? "test",
    region: "us-east-1",
    service,
    now: signing.now ?? performance.timeOrigin + performance.now(),
  };
  const signed = signing.unsigned === true ? headers : sign({ method, path, query, headers, body }, signer);
  return fetch(`${endpoint}${path}${query === "" ? "" : `?${query}`}`, {
    method,
    headers: { ...signed, ...signing.headers },
    body: body ?? null,
  });
}

export type Refusal = { readonly status: number; readonly code: string; readonly message: string };

/** Read as the clients of each protocol do. */
export async function refusal(to: RunningCloud, request: Request, signing?: Signing): Promise<Refusal> {
  const answer = await send(to, request, signing);
  const type = answer.headers.get("content-type") ?? "";
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get("x-amzn-requestid") ?? answer.headers.get("x-amz-request-id") ?? bytes.toString()).toMatch(
    /[0-9A-Za-z-]{16,}/,
  );
  if (type.includes("xml")) {
    const text = bytes.toString();
    const part = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? "";
    return { status: answer.status, code: part("Code"), message: part("Message").replaceAll("&apos;", "'") };
  }
  const body = (type.includes("cbor") ? decodeCbor(bytes) : JSON.parse(bytes.toString())) as {
    __type?: string;
    message?: string;
    Message?: string;
  };
  const code = body.__type ?? answer.headers.get("x-amzn-errortype") ?? "";
  return {
    status: answer.status,
    code: code.slice(code.indexOf("#") + 1),
    message: body.message ?? body.Message ?? "",
  };
}

export const requests = {
  DynamoDB: json("dynamodb", "DynamoDB_20120810.ListTables"),
  KMS: json("kms", "TrentService.ListKeys"),
  IAM: form("iam", "Action=ListUsers&Version=2010-05-08"),
  EC2: form("ec2", "Action=DescribeVpcs&Version=2016-11-15"),
  Lambda: rest("lambda", "/2015-03-31/functions"),
  S3: rest("s3", "/"),
  CloudWatch: cbor("ListMetrics"),
} as const;

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
};

/** node:http, since fetch does not let a caller name another Host or Origin. */
export function ask(
  to: RunningCloud,
  method: string,
  path: string,
  options: { headers?: Record<string, string>; body?: unknown; port?: number } = {},
): Promise<Answer> {
  const { headers = {}, body, port = to.port } = options;
  return new Promise((resolve, reject) => {
    const call = httpRequest({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => (text += String(chunk)));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    call.on("error", reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
