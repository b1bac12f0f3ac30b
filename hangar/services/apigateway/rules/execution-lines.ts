// What an execution log says of a request, line by line.

import type { Invocation } from "./invocation.ts";

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
    const headers = [...invocation.headers.values()].map(({ name, values }) => [name, values.join(",")] as const);
    lines.push(`Method request headers: ${shown(headers)}`);
    lines.push(`Method request body before transformations: ${invocation.body.toString("utf8")}`);
  }
  if (integration !== undefined)
    lines.push(`Received response. Status: ${integration.status}, Integration latency: ${integration.latency} ms`);
  if (failure !== undefined) lines.push(failureLine(invocation));
  else {
    if (data) lines.push(`Method response body after transformations: ${Buffer.from(answer.body).toString("utf8")}`);
    if (data) lines.push(`Method response headers: ${shown(answer.headers)}`);
    lines.push("Successfully completed execution");
  }
  lines.push(`Method completed with status: ${answer.status}`);
  return lines;
}

export function failureLine({ failure }: Invocation): string {
  const reason = failure?.facts.reason ?? failure?.facts.message ?? "Internal server error";
  return `Execution failed due to configuration error: ${reason}`;
}

function shown(pairs: readonly (readonly [string, string])[]): string {
  return `{${pairs.map(([name, value]) => `${name}=${value}`).join(", ")}}`;
}
