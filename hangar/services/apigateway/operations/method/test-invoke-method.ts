// Tries a method without deploying it. https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html

import type { TestInvokeMethodInput, TestInvokeMethodOutput } from "../../../../models/apigateway.d.ts";
import { runMethod } from "../../http/serve.ts";
import { methodInvocation, testLog } from "../../http/test-invoke.ts";
import { executionLines } from "../../rules/execution-lines.ts";
import { operation } from "../../store.ts";

export const testInvokeMethod = operation<TestInvokeMethodInput, TestInvokeMethodOutput>(async (input, context) => {
  const { invocation, route } = methodInvocation(context, input);
  const answer = await runMethod(invocation, route);
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
    log: testLog(invocation, executionLines(invocation, answer, true)),
    latency: context.clock.now() - invocation.startedAt,
  };
});
