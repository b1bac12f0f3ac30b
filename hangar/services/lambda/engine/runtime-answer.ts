// What a runtime's response comes to: the answer, the error it ends in, or too much of it.

import { sandboxError } from "./deployment.ts";
import type { Result } from "./environment-facts.ts";
import type { RuntimeSide } from "./runtime-api.ts";

const MAX_RESPONSE = 6_291_556;
/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html */
const MAX_STREAMED = 200 * 1024 * 1024;

type Answer = { readonly payload: Uint8Array; readonly result: Result };

/** `passedOn`: bytes that went to the caller as they came; the body is what did not. */
export function answerOf(body: Buffer, facts: Parameters<RuntimeSide["respond"]>[2], passedOn: number): Answer {
  const { errorType, errorBody, contentType } = facts;
  if (errorType !== undefined)
    return { payload: Buffer.from(errorBody ?? "", "base64"), result: { status: "error", errorType } };
  if (body.length <= MAX_RESPONSE && passedOn <= MAX_STREAMED)
    return { payload: body, result: { status: "success", contentType } };
  const tooLarge = "Function.ResponseSizeTooLarge";
  const limit = passedOn > MAX_STREAMED ? MAX_STREAMED : MAX_RESPONSE;
  const reason = `Response payload size exceeded maximum allowed payload size (${limit} bytes).`;
  return { payload: sandboxError(tooLarge, reason), result: { status: "error", errorType: tooLarge } };
}

/** How much of a chunk the caller still gets. */
export function withinLimit(chunk: Buffer, passedOn: number): Buffer {
  return chunk.subarray(0, Math.max(0, MAX_STREAMED - passedOn));
}

/** Of an error object that a runtime sends. */
export function errorTypeOf(body: Buffer): string | undefined {
  try {
    return (JSON.parse(body.toString("utf8")) as { errorType?: string }).errorType;
  } catch {
    return undefined;
  }
}
