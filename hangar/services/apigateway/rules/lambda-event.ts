// The event that a function behind a proxy integration receives (format 1.0), and what a REQUEST authorizer sees.

import { requestContext } from "./context-values.ts";
import { header, isBinary, mediaType, type Invocation } from "./invocation.ts";

type Texts = Record<string, string>;
type Lists = Record<string, readonly string[]>;

function headersOf(invocation: Invocation): { readonly single: Texts; readonly multi: Lists } {
  const single: Texts = {};
  const multi: Lists = {};
  for (const { name, values } of invocation.headers.values()) {
    single[name] = values.at(-1) ?? "";
    multi[name] = values;
  }
  return { single, multi };
}

function queryOf(invocation: Invocation): { readonly single: Texts | null; readonly multi: Lists | null } {
  if (invocation.query.size === 0) return { single: null, multi: null };
  const single: Texts = {};
  const multi: Lists = {};
  for (const [name, values] of invocation.query) {
    single[name] = values.at(-1) ?? "";
    multi[name] = values;
  }
  return { single, multi };
}

export type ProxyEvent = Readonly<Record<string, unknown>> & {
  readonly headers: Texts;
  readonly multiValueHeaders: Lists;
};

function requestPart(invocation: Invocation): ProxyEvent {
  const { route, stage } = invocation;
  const headers = headersOf(invocation);
  const query = queryOf(invocation);
  const parameters = route?.pathParameters ?? {};
  return {
    resource: route?.resource.path,
    // Through a custom domain name nothing is taken off: https://github.com/aws/serverless-java-container/issues/34
    path: invocation.basePath === undefined ? invocation.path : invocation.fullPath,
    httpMethod: invocation.httpMethod,
    headers: headers.single,
    multiValueHeaders: headers.multi,
    queryStringParameters: query.single,
    multiValueQueryStringParameters: query.multi,
    pathParameters: Object.keys(parameters).length === 0 ? null : parameters,
    stageVariables: stage.variables ?? null,
    requestContext: requestContext(invocation),
  };
}

export function proxyEvent(invocation: Invocation, binaryTypes: readonly string[]): ProxyEvent {
  const { body } = invocation;
  const binary = isBinary(mediaType(header(invocation, "content-type")), binaryTypes);
  return {
    ...requestPart(invocation),
    body: body.length === 0 ? null : body.toString(binary ? "base64" : "utf8"),
    isBase64Encoded: binary && body.length > 0,
  };
}

/** Unlike functions, REQUEST authorizers get empty maps for what is not there. */
export function requestAuthorizerEvent(invocation: Invocation, arn: string): Record<string, unknown> {
  const event = requestPart(invocation);
  return {
    type: "REQUEST",
    methodArn: arn,
    ...event,
    queryStringParameters: event["queryStringParameters"] ?? {},
    multiValueQueryStringParameters: event["multiValueQueryStringParameters"] ?? {},
    pathParameters: event["pathParameters"] ?? {},
    stageVariables: event["stageVariables"] ?? {},
  };
}
