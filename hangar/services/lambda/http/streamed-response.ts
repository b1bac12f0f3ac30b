// A function URL's answer in RESPONSE_STREAM mode: the head when it is known, the body as the handler writes it.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html

import type { HttpResponse } from "../../../cloud/service.ts";
import type { Outcome } from "../engine/deployment.ts";
import type { Piece } from "../engine/stream-function.ts";
import { preludeHead, PRELUDE_END, urlResponse } from "../rules/url-response.ts";

const WITH_PRELUDE = "application/vnd.awslambda.http-integration-response";

type Pieces = AsyncGenerator<Piece, Outcome>;

export async function streamedResponse(pieces: Pieces): Promise<HttpResponse> {
  const first = await pieces.next();
  if (first.done === true) return wholeResponse(first.value);
  const { bytes, contentType } = first.value;
  if (contentType !== WITH_PRELUDE)
    return {
      status: 200,
      headers: { "content-type": contentType ?? "application/octet-stream" },
      body: rest(bytes, pieces),
    };
  let head = Buffer.from(bytes);
  for (;;) {
    const end = head.indexOf(PRELUDE_END);
    if (end !== -1)
      return { ...preludeHead(head.subarray(0, end)), body: rest(head.subarray(end + PRELUDE_END.length), pieces) };
    const step = await pieces.next();
    if (step.done === true) return wholeResponse(step.value);
    head = Buffer.concat([head, step.value.bytes]);
  }
}

/** A handler that does not stream, or that failed before it wrote. */
function wholeResponse(outcome: Outcome): HttpResponse {
  if (outcome.functionError !== undefined || outcome.contentType === WITH_PRELUDE) return urlResponse(outcome);
  return {
    status: 200,
    headers: { "content-type": outcome.contentType ?? "application/octet-stream" },
    body: outcome.payload,
  };
}

/** The head is sent: a handler that fails now leaves a body without its end, and the connection is broken. */
async function* rest(begun: Uint8Array, pieces: Pieces): AsyncGenerator<Uint8Array> {
  if (begun.length > 0) yield begun;
  let step = await pieces.next();
  for (; step.done !== true; step = await pieces.next()) yield step.value.bytes;
  if (step.value.functionError !== undefined) throw new Error("The function failed after it had begun to answer.");
}
