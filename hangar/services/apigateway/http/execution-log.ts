// A stage's execution log: what API Gateway did for a request, step by step.

import { methodSetting } from "../rules/throttle.ts";
import type { Invocation } from "../rules/invocation.ts";
import { streamOf } from "./access-log.ts";
import type { Answer } from "./answer.ts";

export async function writeExecutionLog(invocation: Invocation, answer: Answer): Promise<void> {
  const { route, stage, api, context, httpMethod } = invocation;
  const setting = methodSetting(stage, route?.resource.path ?? "*", httpMethod)?.setting;
  const level = setting?.loggingLevel ?? "OFF";
  if (route === undefined || (level !== "INFO" && level !== "ERROR")) return;
  const failed = invocation.failure !== undefined && answer.status >= 500;
  const lines = level === "INFO" ? linesOf(invocation, answer, setting?.dataTraceEnabled === true) : [];
  if (failed) lines.push(`Execution failed due to configuration error: ${reasonOf(invocation)}`);
  if (lines.length === 0) return;
  const timestamp = context.clock.now();
  await context.ports.logs.write(
    `API-Gateway-Execution-Logs_${api.id}/${stage.stageName}`,
    streamOf(invocation),
    lines.map((line) => ({ timestamp, message: `(${invocation.requestId}) ${line}` })),
  );
}

function reasonOf({ failure }: Invocation): string {
  return failure?.facts.reason ?? failure?.facts.message ?? "Internal server error";
}

function linesOf(invocation: Invocation, answer: Answer, bodies: boolean): string[] {
  const { route, httpMethod, integration } = invocation;
  const lines = [
    `Extended Request Id: ${invocation.extendedRequestId}`,
    `Starting execution for request: ${invocation.requestId}`,
    `HTTP Method: ${httpMethod}, Resource Path: ${invocation.path}`,
    `Method request path: ${shown(route?.pathParameters ?? {})}`,
    `Method request query string: ${shown(Object.fromEntries(invocation.query))}`,
  ];
  if (bodies) {
    const headers = [...invocation.headers.values()].map(({ name, values }) => [name, values.join(",")]);
    lines.push(`Method request headers: ${shown(Object.fromEntries(headers) as Record<string, unknown>)}`);
    lines.push(`Method request body before transformations: ${invocation.body.toString("utf8")}`);
  }
  if (integration !== undefined)
    lines.push(`Received response. Status: ${integration.status}, Integration latency: ${integration.latency} ms`);
  if (bodies) lines.push(`Method response body after transformations: ${Buffer.from(answer.body).toString("utf8")}`);
  if (invocation.failure === undefined) lines.push("Successfully completed execution");
  lines.push(`Method completed with status: ${answer.status}`);
  return lines;
}

function shown(values: Readonly<Record<string, unknown>>): string {
  return `{${Object.entries(values)
    .map(([name, value]) => `${name}=${String(value as string)}`)
    .join(", ")}}`;
}
