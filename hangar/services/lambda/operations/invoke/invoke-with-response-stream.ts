// Invokes a function and gives its response as it is written. https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html

import type {
  InvokeWithResponseStreamRequest,
  InvokeWithResponseStreamResponse,
  InvokeWithResponseStreamResponseEvent,
} from "../../../../models/lambda.d.ts";
import { logTail, runFunction } from "../../engine/run-function.ts";
import { chooseVersion } from "../../rules/choose-version.ts";
import { findFunction } from "../../rules/find.ts";
import { checkPayload } from "../../rules/payload.ts";
import { operation, type LambdaContext } from "../../store.ts";
import { decodeContext, requestIdOf } from "./invoke.ts";

export const invokeWithResponseStream = operation<InvokeWithResponseStreamRequest, InvokeWithResponseStreamResponse>(
  (input, context) => {
    const found = findFunction(context, input.FunctionName, input.Qualifier);
    const payload =
      input.Payload === undefined || input.Payload.length === 0 ? Buffer.from("{}") : Buffer.from(input.Payload);
    checkPayload(payload);
    if (input.InvocationType === "DryRun") return { StatusCode: 204, EventStream: none() };
    const version = chooseVersion(found, context.ids);
    const run = {
      place: found.place,
      row: found.row,
      version,
      invokedArn: found.arn,
      payload,
      requestId: requestIdOf(context),
      clientContext: decodeContext(input.ClientContext),
    };
    return {
      StatusCode: 200,
      ExecutedVersion: version.version,
      ResponseStreamContentType: "application/octet-stream",
      EventStream: events(context, run, input.LogType === "Tail"),
    };
  },
);

async function* none(): AsyncGenerator<InvokeWithResponseStreamResponseEvent> {}

async function* events(
  context: LambdaContext,
  run: Parameters<typeof runFunction>[1],
  tail: boolean,
): AsyncGenerator<InvokeWithResponseStreamResponseEvent> {
  const waiting: Uint8Array[] = [];
  let wake: () => void = () => undefined;
  let sent = 0;
  const onChunk = (chunk: Uint8Array): void => {
    waiting.push(chunk);
    wake();
  };
  let done = false;
  const running = runFunction(context, { ...run, onChunk }).finally(() => {
    done = true;
    wake();
  });
  running.catch(() => undefined);
  while (!done || waiting.length > 0) {
    for (const chunk of waiting.splice(0)) {
      sent += chunk.length;
      yield { PayloadChunk: { Payload: chunk } };
    }
    if (!done) await new Promise<void>((resolve) => (wake = resolve));
  }
  const outcome = await running;
  // A handler that does not stream answers in one piece.
  if (sent === 0 && outcome.functionError === undefined && outcome.payload.length > 0)
    yield { PayloadChunk: { Payload: outcome.payload } };
  const failure = outcome.functionError === undefined ? {} : errorFacts(outcome.payload);
  yield { InvokeComplete: { ...failure, ...(tail ? { LogResult: logTail(outcome) } : {}) } };
}

function errorFacts(payload: Uint8Array): { readonly ErrorCode: string; readonly ErrorDetails: string } {
  const text = Buffer.from(payload).toString("utf8");
  try {
    const { errorType } = JSON.parse(text) as { errorType?: unknown };
    return { ErrorCode: typeof errorType === "string" ? errorType : "Unhandled", ErrorDetails: text };
  } catch {
    return { ErrorCode: "Unhandled", ErrorDetails: text };
  }
}
