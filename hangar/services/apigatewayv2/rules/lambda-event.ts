// The events that functions behind an HTTP API receive, in both payload formats.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html

import { cognitoIdentityOf } from "../../../kernel/cognito-caller.ts";
import { requestTime } from "../../../kernel/references.ts";
import { identityOf } from "./context-values.ts";
import { domainPrefix, isText, type Invocation } from "./invocation.ts";
import { httpRouteKey } from "./route-key.ts";

type Event = Record<string, unknown>;

/** Format 2.0: absent is what is not there. */
export function eventOf2(invocation: Invocation): Event {
  const { body, headers } = invocation;
  const binary = !isText(headers["content-type"]);
  const event = requestOf2(invocation);
  if (body.length > 0) event["body"] = body.toString(binary ? "base64" : "utf8");
  event["isBase64Encoded"] = body.length > 0 && binary;
  return event;
}

/** What functions and authorizers both see of a request. */
export function requestOf2(invocation: Invocation): Event {
  const { route, stage, query } = invocation;
  const { cookie, ...headers } = invocation.headers;
  const event: Event = {
    version: "2.0",
    routeKey: route?.route.RouteKey,
    rawPath: invocation.fullPath,
    rawQueryString: invocation.rawQuery,
  };
  if (cookie !== undefined) event["cookies"] = cookie.split(";").map((each) => each.trim());
  event["headers"] = headers;
  if (query.size > 0) event["queryStringParameters"] = joined(query);
  event["requestContext"] = requestContext2(invocation);
  if (route?.pathParameters !== undefined) event["pathParameters"] = route.pathParameters;
  if (Object.keys(stage.StageVariables ?? {}).length > 0) event["stageVariables"] = stage.StageVariables;
  return event;
}

function joined(values: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, each] of values) out[name] = each.length === 1 ? (each[0] ?? "") : each.join(",");
  return out;
}

function requestContext2(invocation: Invocation): Event {
  const { api, stage, route, startedAt, headers } = invocation;
  const authorizer = authorizer2(invocation);
  return {
    accountId: invocation.account,
    apiId: api.ApiId,
    ...(authorizer === undefined ? {} : { authorizer }),
    domainName: invocation.domainName,
    domainPrefix: domainPrefix(invocation),
    http: {
      method: invocation.httpMethod,
      path: invocation.fullPath,
      protocol: "HTTP/1.1",
      sourceIp: invocation.sourceIp,
      userAgent: headers["user-agent"] ?? "",
    },
    requestId: invocation.requestId,
    routeKey: route?.route.RouteKey,
    stage: stage.StageName,
    time: requestTime(startedAt),
    timeEpoch: startedAt,
  };
}

function authorizer2({ authorizer, caller }: Invocation): Event | undefined {
  if (authorizer?.kind === "jwt") return { jwt: { claims: authorizer.claims, scopes: authorizer.scopes } };
  if (authorizer?.kind === "lambda") return { lambda: authorizer.values };
  if (caller === undefined || caller.kind === "anonymous") return undefined;
  return {
    iam: {
      accessKey: caller.accessKeyId,
      accountId: caller.account,
      callerId: caller.userId,
      cognitoIdentity: cognitoIdentityOf(caller) ?? null,
      principalOrgId: null,
      userArn: caller.arn,
      userId: caller.userId,
    },
  };
}

/** Format 1.0: null is what is not there. */
export function eventOf1(invocation: Invocation): Event {
  const { body, headers } = invocation;
  const binary = !isText(headers["content-type"]);
  return {
    version: "1.0",
    ...requestOf1(invocation),
    body: body.length === 0 ? null : body.toString(binary ? "base64" : "utf8"),
    isBase64Encoded: body.length > 0 && binary,
  };
}

export function requestOf1(invocation: Invocation): Event {
  const { route, stage, query } = invocation;
  const multi = multiValueHeaders(invocation);
  const variables = stage.StageVariables ?? {};
  return {
    resource: pathOf(invocation),
    path: invocation.fullPath,
    httpMethod: invocation.httpMethod,
    headers: Object.fromEntries(Object.entries(multi).map(([name, values]) => [name, values.at(-1) ?? ""])),
    multiValueHeaders: multi,
    queryStringParameters:
      query.size === 0 ? null : Object.fromEntries([...query].map(([name, values]) => [name, values.at(-1) ?? ""])),
    multiValueQueryStringParameters: query.size === 0 ? null : Object.fromEntries(query),
    requestContext: requestContext1(invocation),
    pathParameters: route?.pathParameters ?? null,
    stageVariables: Object.keys(variables).length === 0 ? null : variables,
  };
}

/** The path of the route as it is declared; of $default the path that was asked for. */
function pathOf({ route, fullPath }: Invocation): string {
  return httpRouteKey(route?.route.RouteKey ?? "")?.path ?? fullPath;
}

/** The gateway's own client writes these so; all others come in lower case. */
const CAPITAL = new Map(
  [
    "Content-Length",
    "Host",
    "User-Agent",
    "X-Amzn-Trace-Id",
    "X-Forwarded-For",
    "X-Forwarded-Port",
    "X-Forwarded-Proto",
  ].map((name) => [name.toLowerCase(), name]),
);

function multiValueHeaders({ headers, rawHeaders }: Invocation): Record<string, readonly string[]> {
  const sent: Record<string, string[]> = {};
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    (sent[(rawHeaders[at] ?? "").toLowerCase()] ??= []).push(rawHeaders[at + 1] ?? "");
  const out: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    const capital = CAPITAL.get(name);
    const several = sent[name];
    out[capital ?? name] = capital !== undefined || several === undefined ? [value] : several;
  }
  return out;
}

function requestContext1(invocation: Invocation): Event {
  const { api, stage, startedAt, requestId, fullPath } = invocation;
  const authorizer = authorizer1(invocation);
  return {
    accountId: invocation.account,
    apiId: api.ApiId,
    ...(authorizer === undefined ? {} : { authorizer }),
    domainName: invocation.domainName,
    domainPrefix: domainPrefix(invocation),
    extendedRequestId: requestId,
    httpMethod: invocation.httpMethod,
    identity: identityOf(invocation),
    path: fullPath,
    protocol: "HTTP/1.1",
    requestId,
    requestTime: requestTime(startedAt),
    requestTimeEpoch: startedAt,
    resourceId: invocation.route?.route.RouteKey,
    resourcePath: pathOf(invocation),
    stage: stage.StageName,
  };
}

function authorizer1({ authorizer }: Invocation): Event | undefined {
  if (authorizer === undefined) return undefined;
  if (authorizer.kind === "jwt") return { claims: authorizer.claims, scopes: authorizer.scopes };
  return {
    ...authorizer.values,
    ...(authorizer.principalId === undefined ? {} : { principalId: authorizer.principalId }),
  };
}
