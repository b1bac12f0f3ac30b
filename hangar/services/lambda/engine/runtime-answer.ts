// What a runtime's response comes to: the answer, the error it ends in, or too much of it.

import { sandboxError } from "./deployment.ts";
import type { Result } from "./environment-facts.ts";
import type { RuntimeSide } from "./runtime-api.ts";

const MAX_RESPONSE = 6_291_556;
const MAX_STREAMED = 200 * 1024 * 1024;

type Answer = { readonly payload: Uint8Array; readonly result: Result };

export function answerOf(body: Buffer, facts: Parameters<RuntimeSide["respond"]>[2]): Answer {
  const { errorType, errorBody, streamed, contentType } = facts;
  if (errorType !== undefined)
    return { payload: Buffer.from(errorBody ?? "", "base64"), result: { status: "error", errorType } };
  if (body.length <= (streamed ? MAX_STREAMED : MAX_RESPONSE))
    return { payload: body, result: { status: "success", contentType } };
  const tooLarge = "Function.ResponseSizeTooLarge";
  const reason = `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE} bytes).`;
  return { payload: sandboxError(tooLarge, reason), result: { status: "error", errorType: tooLarge } };
}

/** Of an error object that a runtime sends. */
export function errorTypeOf(body: Buffer): string | undefined {
  try {
    return (JSON.parse(body.toString("utf8")) as { errorType?: string }).errorType;
  } catch {
    return undefined;
  }
}
