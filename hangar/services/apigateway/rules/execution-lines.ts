// What an execution log says of a request, line by line.

import { header, isBinary, mediaType, type HeaderEntry, type Invocation } from "./invocation.ts";

export type Executed = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | string;
};

/** Headers and bodies are told with data tracing alone. */
export function executionLines(invocation: Invocation, answer: Executed, data: boolean): string[] {
  const { route, httpMethod, integration, failure } = invocation;
  const lines = [
    `Starting execution for request: ${invocation.requestId}`,
    `HTTP Method: ${httpMethod}, Resource Path: ${invocation.path}`,
    `Method request path: ${shown(Object.entries(route?.pathParameters ?? {}))}`,
    `Method request query string: ${shown([...invocation.query].map(([name, values]) => [name, values.join(",")]))}`,
  ];
  if (data) {
    lines.push(`Method request headers: ${shown(pairsOf(invocation.headers))}`);
    lines.push(`Method request body before transformations: ${requestBody(invocation)}`);
  }
  const { sent, received } = invocation.exchange ?? {};
  if (data && sent !== undefined) {
    lines.push(`Endpoint request URI: ${sent.uri}`, `Endpoint request headers: ${shown(sent.headers)}`);
    lines.push(`Endpoint request body after transformations: ${textOf(sent.body)}`, `Sending request to ${sent.uri}`);
  }
  if (integration !== undefined && route?.method.methodIntegration?.type !== "MOCK")
    lines.push(`Received response. Status: ${integration.status}, Integration latency: ${integration.latency} ms`);
  if (data && received !== undefined) {
    lines.push(`Endpoint response headers: ${shown(received.headers)}`);
    lines.push(`Endpoint response body before transformations: ${textOf(received.body)}`);
  }
  if (failure !== undefined) lines.push(failureLine(invocation));
  else {
    if (data) lines.push(`Method response body after transformations: ${textOf(answer.body)}`);
    if (data) lines.push(`Method response headers: ${shown(answer.headers)}`);
    lines.push("Successfully completed execution");
  }
  lines.push(`Method completed with status: ${answer.status}`);
  return lines;
}

export function pairsOf(headers: ReadonlyMap<string, HeaderEntry>): (readonly [string, string])[] {
  return [...headers.values()].map(({ name, values }) => [name, values.join(",")]);
}

function textOf(body: Uint8Array | string): string {
  return Buffer.from(body).toString("utf8");
}

function requestBody(invocation: Invocation): string {
  const type = mediaType(header(invocation, "content-type"));
  return isBinary(type, invocation.compiled.binaryTypes) ? "[Binary Data]" : invocation.body.toString("utf8");
}

export function failureLine({ failure }: Invocation): string {
  const reason = failure?.facts.reason ?? failure?.facts.message ?? "Internal server error";
  return `Execution failed due to configuration error: ${reason}`;
}

function shown(pairs: readonly (readonly [string, string])[]): string {
  return `{${pairs.map(([name, value]) => `${name}=${value}`).join(", ")}}`;
}
