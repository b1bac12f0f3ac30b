// Payload format 2.0: an HTTP request as an event, and a handler's answer as an HTTP response.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads

import type { Caller } from "../../../cloud/operation.ts";
import type { HttpRequest, HttpResponse } from "../../../cloud/service.ts";
import type { Outcome } from "../engine/deployment.ts";

export type UrlRequest = {
  readonly request: HttpRequest;
  readonly body: Buffer;
  readonly requestId: string;
  readonly urlId: string;
  readonly now: number;
  /** Set for AWS_IAM. */
  readonly caller: Caller | undefined;
};

const TEXT = /^text\/|^application\/(.*\+)?(json|xml|javascript|x-www-form-urlencoded|graphql)|^image\/svg/i;

export function urlEvent(facts: UrlRequest): object {
  const { request, body } = facts;
  const cookies = request.headers["cookie"];
  const { cookie: _cookie, ...headers } = request.headers;
  const query = queryParameters(request.query);
  const type = request.headers["content-type"];
  const isText = type === undefined ? false : TEXT.test(type);
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: request.path,
    rawQueryString: request.query,
    ...(cookies === undefined ? {} : { cookies: cookies.split(/;\s*/) }),
    headers: {
      ...headers,
      "x-forwarded-for": request.sourceIp,
      "x-forwarded-proto": request.secure ? "https" : "http",
      "x-forwarded-port": new URL(request.origin).port || (request.secure ? "443" : "80"),
    },
    ...(query === undefined ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId: facts.caller?.account ?? "anonymous",
      apiId: facts.urlId,
      ...(facts.caller === undefined ? {} : { authentication: null, authorizer: { iam: iamFacts(facts.caller) } }),
      domainName: request.headers["host"]?.split(":")[0] ?? request.host,
      domainPrefix: facts.urlId,
      http: {
        method: request.method,
        path: request.path,
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp,
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId: facts.requestId,
      routeKey: "$default",
      stage: "$default",
      time: clfTime(facts.now),
      timeEpoch: facts.now,
    },
    ...(body.length === 0 ? {} : { body: isText ? body.toString("utf8") : body.toString("base64") }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function iamFacts(caller: Caller): object {
  return {
    accessKey: caller.accessKeyId ?? null,
    accountId: caller.account,
    callerId: caller.userId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: caller.arn,
    userId: caller.userId,
  };
}

function queryParameters(query: string): Record<string, string> | undefined {
  if (query === "") return undefined;
  const out: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    out[name] = out[name] === undefined ? value : `${out[name]},${value}`;
  return out;
}

/** `12/Mar/2020:19:03:58 +0000` */
function clfTime(now: number): string {
  const [, day = "", month = "", year = "", time = ""] = new Date(now).toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}

export function urlResponse(outcome: Outcome, invokeMode: string): HttpResponse {
  if (outcome.functionError !== undefined)
    return { status: 502, headers: { "content-type": "application/json" }, body: "Internal Server Error" };
  if (outcome.contentType === "application/vnd.awslambda.http-integration-response")
    return integrationResponse(outcome.payload);
  if (invokeMode === "RESPONSE_STREAM")
    return {
      status: 200,
      headers: { "content-type": outcome.contentType ?? "application/octet-stream" },
      body: outcome.payload,
    };
  const text = Buffer.from(outcome.payload).toString("utf8");
  const value = parsed(text);
  if (typeof value === "object" && value !== null && "statusCode" in value)
    return structuredResponse(value as Structured);
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: typeof value === "string" ? value : text,
  };
}

type Structured = {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly cookies?: readonly string[] | null;
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
};

function structuredResponse(answer: Structured): HttpResponse {
  const headers: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers[name.toLowerCase()] = String(value);
  headers["content-type"] ??= "application/json";
  if (answer.cookies !== undefined && answer.cookies !== null && answer.cookies.length > 0)
    headers["set-cookie"] = answer.cookies;
  const body =
    answer.body === undefined || answer.body === null
      ? ""
      : typeof answer.body === "string"
        ? answer.body
        : JSON.stringify(answer.body);
  return {
    status: Number(answer.statusCode),
    headers,
    body: answer.isBase64Encoded === true ? Buffer.from(body, "base64") : body,
  };
}

/** A streamed answer with its prelude: JSON, eight zero bytes, body. */
function integrationResponse(payload: Uint8Array): HttpResponse {
  const bytes = Buffer.from(payload);
  const end = bytes.indexOf(Buffer.alloc(8));
  if (end === -1) return { status: 200, headers: {}, body: bytes };
  const prelude = parsed(bytes.subarray(0, end).toString("utf8")) as Structured;
  const head = structuredResponse({ statusCode: 200, ...prelude, body: "" });
  return { ...head, body: bytes.subarray(end + 8) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
