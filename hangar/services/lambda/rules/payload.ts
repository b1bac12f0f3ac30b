// What an event may be: JSON, at most 6 MB.

import { invalidRequestContent, requestTooLarge } from "../errors.ts";

const MAX_REQUEST = 6_291_456;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Throws in AWS's words; its parser is Java's Jackson, whose positions are not imitated beyond the start. */
export function checkPayload(payload: Uint8Array): void {
  if (payload.length > MAX_REQUEST)
    throw requestTooLarge(
      `${payload.length} byte payload is too large for the RequestResponse invocation type (limit ${MAX_REQUEST} bytes)`,
    );
  let text: string;
  try {
    text = utf8.decode(payload);
  } catch {
    throw invalidRequestContent(
      "Could not parse request body into json: Could not parse payload into json: Invalid UTF-8",
    );
  }
  try {
    JSON.parse(text);
  } catch (error) {
    throw invalidRequestContent(
      `Could not parse request body into json: Could not parse payload into json: ${(error as Error).message}\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: 1, column: 1]`,
    );
  }
}
