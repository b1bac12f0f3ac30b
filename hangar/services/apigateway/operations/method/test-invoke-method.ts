// Tries a method without deploying it. https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html

import type { TestInvokeMethodInput, TestInvokeMethodOutput } from "../../../../models/apigateway.d.ts";
import type { Answer } from "../../http/answer.ts";
import { runMethod } from "../../http/serve.ts";
import { methodInvocation, testLog } from "../../http/test-invoke.ts";
import { executionLines } from "../../rules/execution-lines.ts";
import { GatewayFailure } from "../../rules/failure.ts";
import { operation } from "../../store.ts";

export const testInvokeMethod = operation<TestInvokeMethodInput, TestInvokeMethodOutput>(async (input, context) => {
  const { invocation, route } = methodInvocation(context, input);
  const answer = await runMethod(invocation, route);
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [name, value] of answer.headers) {
    // Recorded: of a refusal the type of its body is not told.
    if (invocation.failure !== undefined && name === "Content-Type") continue;
    headers[name] = value;
    (multiValueHeaders[name] ??= []).push(value);
  }
  return {
    status: answer.status,
    body: (await wholeBody(answer)).toString("utf8"),
    headers,
    multiValueHeaders,
    // AWS has no log of an answer that is given as it comes.
    log: answer.stream === undefined ? testLog(invocation, executionLines(invocation, answer, true)) : "",
    latency: context.clock.now() - invocation.startedAt,
  };
});

const MOST_STREAMED = 1024 * 1024;

/** Of a body that comes piece by piece, what came until it was cut or is more than AWS keeps. */
async function wholeBody({ body, stream }: Answer): Promise<Buffer> {
  if (stream === undefined) return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MOST_STREAMED) break;
    }
  } catch (error) {
    if (!(error instanceof GatewayFailure)) throw error;
  }
  return Buffer.concat(chunks);
}
