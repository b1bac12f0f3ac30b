// Tries a method without deploying it. https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html

import type { TestInvokeMethodInput, TestInvokeMethodOutput } from "../../../../models/apigateway.d.ts";
import { runMethod } from "../../http/serve.ts";
import { testInvocation } from "../../http/test-invoke.ts";
import { executionLines } from "../../rules/execution-lines.ts";
import { operation } from "../../store.ts";

export const testInvokeMethod = operation<TestInvokeMethodInput, TestInvokeMethodOutput>(async (input, context) => {
  const [invocation, route] = testInvocation(context, input);
  const answer = await runMethod(invocation, route);
  const date = logDate(invocation.startedAt);
  const lines = executionLines(invocation, answer, true).map((line) => `${date} : ${line}`);
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [name, value] of answer.headers) {
    headers[name] = value;
    (multiValueHeaders[name] ??= []).push(value);
  }
  return {
    status: answer.status,
    body: Buffer.from(answer.body).toString("utf8"),
    headers,
    multiValueHeaders,
    log: [`Execution log for request ${invocation.requestId}`, ...lines, ""].join("\n"),
    latency: context.clock.now() - invocation.startedAt,
  };
});

/** `Sat Nov 21 15:25:04 UTC 2026`. */
function logDate(at: number): string {
  const [day = "", date = "", month = "", year = "", time = ""] = new Date(at)
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${day} ${month} ${date} ${time} UTC ${year}`;
}
