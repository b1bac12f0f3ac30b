// What an event may be: JSON, at most 6 MB, or 1 MB where nobody waits.

import { invalidRequestContent, requestTooLarge } from "../errors.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST = { RequestResponse: 6_291_456, Event: 1_048_576 };
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Throws in AWS's words; its parser is Java's Jackson, whose positions are not imitated beyond the start. */
export function checkPayload(payload: Uint8Array, type: keyof typeof MOST): void {
  if (payload.length > MOST[type])
    throw requestTooLarge(
      `${payload.length} byte payload is too large for the ${type} invocation type (limit ${MOST[type]} bytes)`,
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
