// Text and binary bodies, and the conversions between them.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html

import { isBinary, mediaType } from "./invocation.ts";

export type Handling = string | undefined;

/** Templates take text alone. */
export type Converted = { readonly body: Buffer; readonly isBinary: boolean };

/** A body on its way to the integration. Undefined where text is no base64. */
export function convertedRequest(
  body: Buffer,
  contentType: string | undefined,
  handling: Handling,
  binaryTypes: readonly string[],
): Converted | undefined {
  const binary = isBinary(mediaType(contentType), binaryTypes);
  return converted(body, binary, handling === undefined ? binary : handling === "CONVERT_TO_BINARY");
}

export type ResponseTypes = {
  /** The integration's content type. */
  readonly sent: string | undefined;
  readonly accept: string | undefined;
  readonly binaryTypes: readonly string[];
};

/** An integration's body on its way to the caller. Undefined where text is no base64. */
export function convertedResponse(body: Buffer, handling: Handling, types: ResponseTypes): Converted | undefined {
  const { sent, accept, binaryTypes } = types;
  // Mock integrations answer nothing, which is text whatever is binary.
  if (body.length === 0) return { body, isBinary: false };
  const binary = isBinary(mediaType(sent), binaryTypes);
  const accepted = isBinary(mediaType(accept?.split(",")[0]), binaryTypes);
  return converted(body, binary, handling === undefined ? accepted : handling === "CONVERT_TO_BINARY");
}

function converted(body: Buffer, from: boolean, to: boolean): Converted | undefined {
  if (from && !to) return { body: Buffer.from(body.toString("base64")), isBinary: false };
  if (to && !from) {
    const text = body.toString("latin1");
    return BASE64.test(text) ? { body: Buffer.from(text, "base64"), isBinary: true } : undefined;
  }
  return { body: to ? body : asText(body), isBinary: to };
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2,3}={0,2})?$/;

/** What is no UTF-8 is lost. */
function asText(body: Buffer): Buffer {
  return Buffer.from(body.toString("utf8"), "utf8");
}
