// Invokes a function and gives its response as it is written. https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html

import type {
  InvokeWithResponseStreamRequest,
  InvokeWithResponseStreamResponse,
  InvokeWithResponseStreamResponseEvent,
} from "../../../../models/lambda.d.ts";
import { logTail, type Run } from "../../engine/run-function.ts";
import { streamFunction } from "../../engine/stream-function.ts";
import { chooseVersion } from "../../rules/choose-version.ts";
import { decodeContext } from "../../rules/client-context.ts";
import { findFunction } from "../../rules/find.ts";
import { checkPayload } from "../../rules/payload.ts";
import { operation, type LambdaContext } from "../../store.ts";
import { givenLineage, requestIdOf } from "./invoke.ts";

export const invokeWithResponseStream = operation<InvokeWithResponseStreamRequest, InvokeWithResponseStreamResponse>(
  (input, context) => {
    const found = findFunction(context, input.FunctionName, input.Qualifier, "$LATEST");
    const payload =
      input.Payload === undefined || input.Payload.length === 0 ? Buffer.from("{}") : Buffer.from(input.Payload);
    checkPayload(payload, "RequestResponse");
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
      lineage: givenLineage(context),
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
  run: Run,
  tail: boolean,
): AsyncGenerator<InvokeWithResponseStreamResponseEvent> {
  let sent = 0;
  const pieces = streamFunction(context, run);
  let step = await pieces.next();
  for (; step.done !== true; step = await pieces.next()) {
    sent += step.value.bytes.length;
    yield { PayloadChunk: { Payload: step.value.bytes } };
  }
  const outcome = step.value;
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
