// A Lambda proxy integration whose response is given as the function writes it.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html

import type { Integration } from "../../../models/apigateway.d.ts";
import type { StreamedPiece } from "../../../ports/functions.ts";
import { failures } from "../rules/failure.ts";
import type { Invocation } from "../rules/invocation.ts";
import { functionHeaders } from "../rules/remapped-headers.ts";
import { streamedHead } from "../rules/streamed-head.ts";
import type { Answer } from "./answer.ts";
import { functionCall } from "./invoke-function.ts";
import { inTime } from "./streamed-body.ts";

export async function streamedFunction(
  invocation: Invocation,
  integration: Integration,
  event: string,
): Promise<Answer> {
  const pieces = await functionCall(invocation, integration, async ({ arn, as }) => {
    const stream = await invocation.context.ports.functions.stream(arn, event, as);
    const iterator = bytesOf(stream);
    return { iterator, first: await iterator.next() };
  });
  const { iterator } = pieces;
  let step = pieces.first;
  let bytes = Buffer.alloc(0);
  for (; step.done !== true; step = await iterator.next()) {
    bytes = Buffer.concat([bytes, step.value]);
    const head = streamedHead(bytes);
    if (head === "more") continue;
    if (head === undefined) break;
    invocation.integration = { status: 200, latency: 0 };
    return {
      status: head.status,
      headers: functionHeaders(invocation, head.headers),
      body: "",
      stream: inTime(invocation, integration, after(head.begun, iterator)),
    };
  }
  throw failures.badGateway();
}

/** A handler that fails once the head is sent breaks the connection. */
async function* bytesOf(stream: AsyncIterable<StreamedPiece>): AsyncGenerator<Uint8Array> {
  for await (const { PayloadChunk, InvokeComplete } of stream) {
    if (PayloadChunk?.Payload !== undefined) yield PayloadChunk.Payload;
    if (InvokeComplete?.ErrorCode !== undefined) throw failures.badGateway();
  }
}

async function* after(begun: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (begun.length > 0) yield begun;
  yield* rest;
}
