// A stage's execution log: what API Gateway did for a request, step by step.

import { executionLines, failureLine } from "../rules/execution-lines.ts";
import type { Invocation } from "../rules/invocation.ts";
import type { Route } from "../rules/routes.ts";
import { methodSetting } from "../rules/throttle.ts";
import { logGroupOf, streamOf } from "./access-log.ts";
import type { Answer } from "./answer.ts";

export async function writeExecutionLog(invocation: Invocation, answer: Answer): Promise<void> {
  const { route, stage, api, context, httpMethod } = invocation;
  if (route === undefined) return;
  const setting = methodSetting(stage, route.resource.path, httpMethod)?.setting;
  const lines = linesAt(setting?.loggingLevel ?? "OFF", invocation, answer, setting?.dataTraceEnabled === true);
  if (lines.length === 0) return;
  const timestamp = context.clock.now();
  await context.ports.logs.write(
    logGroupOf(invocation, `API-Gateway-Execution-Logs_${api.id}/${stage.stageName}`),
    streamOf(invocation),
    lines.map((line) => ({ timestamp, message: `(${invocation.requestId}) ${line}` })),
  );
}

/** Whether the log is to tell of headers and bodies. */
export function isTraced({ stage, httpMethod }: Invocation, { resource }: Route): boolean {
  const setting = methodSetting(stage, resource.path, httpMethod)?.setting;
  return setting?.dataTraceEnabled === true && setting.loggingLevel === "INFO";
}

function linesAt(level: string, invocation: Invocation, answer: Answer, data: boolean): readonly string[] {
  if (level === "INFO")
    return [`Extended Request Id: ${invocation.extendedRequestId}`, ...executionLines(invocation, answer, data)];
  return level === "ERROR" && invocation.failure !== undefined && answer.status >= 500 ? [failureLine(invocation)] : [];
}
