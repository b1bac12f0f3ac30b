// Text and binary bodies, and the conversions between them.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html

import { isBinary, mediaType } from "./invocation.ts";

export type Handling = string | undefined;

/** A body on its way to the integration. */
export function convertedRequest(
  body: Buffer,
  contentType: string | undefined,
  handling: Handling,
  binaryTypes: readonly string[],
): Buffer {
  const binary = isBinary(mediaType(contentType), binaryTypes);
  if (handling === "CONVERT_TO_BINARY" && !binary) return Buffer.from(body.toString("utf8"), "base64");
  if (handling === "CONVERT_TO_TEXT" && binary) return Buffer.from(body.toString("base64"));
  return binary || handling === "CONVERT_TO_BINARY" ? body : asText(body);
}

export type ResponseTypes = {
  /** The integration's content type. */
  readonly sent: string | undefined;
  readonly accept: string | undefined;
  readonly binaryTypes: readonly string[];
};

/** An integration's body on its way to the caller. */
export function convertedResponse(body: Buffer, handling: Handling, types: ResponseTypes): Buffer {
  const { sent, accept, binaryTypes } = types;
  const binary = isBinary(mediaType(sent), binaryTypes);
  if (binaryTypes.length === 0 && handling === undefined) return asText(body);
  const wanted =
    handling === undefined ? isBinary(mediaType(accept?.split(",")[0]), binaryTypes) : handling === "CONVERT_TO_BINARY";
  if (wanted && !binary) return Buffer.from(body.toString("utf8"), "base64");
  if (!wanted && binary) return Buffer.from(body.toString("base64"));
  return wanted ? body : asText(body);
}

/** What is no UTF-8 is lost. */
function asText(body: Buffer): Buffer {
  return Buffer.from(body.toString("utf8"), "utf8");
}
