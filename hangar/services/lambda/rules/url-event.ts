// Payload format 2.0: an HTTP request as an event.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads

import type { Caller } from "../../../cloud/operation.ts";
import type { HttpRequest } from "../../../cloud/service.ts";

export type UrlRequest = {
  readonly request: HttpRequest;
  readonly body: Buffer;
  readonly requestId: string;
  readonly traceId: string;
  readonly urlId: string;
  readonly now: number;
  /** Set for AWS_IAM. */
  readonly caller: Caller | undefined;
};

/** Everything else is base64, as with HTTP APIs: forms too. */
const TEXT = /^(text\/|application\/(json|xml|javascript)\s*(;|$))/i;

export function urlEvent(facts: UrlRequest): object {
  const { request, body } = facts;
  const cookies = request.headers["cookie"];
  const { cookie: _cookie, ...headers } = request.headers;
  const query = queryParameters(request.query);
  const type = request.headers["content-type"];
  const isText = type !== undefined && TEXT.test(type.trim());
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: request.path,
    rawQueryString: request.query,
    ...(cookies === undefined ? {} : { cookies: cookies.split(/;\s*/) }),
    headers: {
      ...headers,
      "x-amzn-trace-id": facts.traceId,
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
