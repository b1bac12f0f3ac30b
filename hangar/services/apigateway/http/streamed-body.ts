// The body of an answer that is given as it comes: its time limits, and the logs that are written when it has ended.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html

import { within } from "../../../cloud/deadline.ts";
import type { Integration } from "../../../models/apigateway.d.ts";
import { failures } from "../rules/failure.ts";
import type { Invocation } from "../rules/invocation.ts";
import { writeAccessLog } from "./access-log.ts";
import type { Answer } from "./answer.ts";
import { writeExecutionLog } from "./execution-log.ts";

const LONGEST = 29_000;
const IDLE = 300_000;
const IDLE_AT_EDGE = 30_000;

/** The head is known. Past the limits the connection ends, for nothing else can be said then; a function goes on. */
export async function* inTime(
  invocation: Invocation,
  integration: Integration,
  pieces: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const { context, api, startedAt, integrationAt = startedAt } = invocation;
  const end = integrationAt + (integration.timeoutInMillis ?? LONGEST);
  const idle = api.endpointConfiguration?.types?.includes("EDGE") === true ? IDLE_AT_EDGE : IDLE;
  const timeToAllHeaders = context.clock.now() - integrationAt;
  const { status = 200 } = invocation.integration ?? {};
  let streamed: NonNullable<Invocation["integration"]>["streamed"] = { timeToAllHeaders };
  try {
    for (;;) {
      const step = await within(context, {
        milliseconds: Math.min(end - context.clock.now(), idle),
        topic: `apigateway.streamed.${invocation.requestId}`,
        run: () => pieces.next(),
        late: failures.timedOut,
      });
      const latency = context.clock.now() - integrationAt;
      if (streamed?.timeToFirstContent === undefined) streamed = { timeToAllHeaders, timeToFirstContent: latency };
      invocation.integration = { status, latency, streamed };
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    // A source that is still at work ends when it may.
    void Promise.resolve(pieces.return?.()).catch(() => undefined);
  }
}

export async function* loggedAtEnd(
  invocation: Invocation,
  answer: Answer,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      yield chunk;
    }
  } finally {
    if (!invocation.context.world.disposed) {
      await writeAccessLog(invocation, answer, length);
      await writeExecutionLog(invocation, answer);
    }
  }
}
