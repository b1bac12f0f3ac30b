// What a caller tells a function of itself: JSON in base64, in a header. Only synchronous invocations hand it on.
// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#lambda-Invoke-request-ClientContext

import { invalidRequestContent } from "../errors.ts";

const LONGEST = 3583;

/** The words for one that is too long are ours. */
export function decodeContext(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  if (text.length > LONGEST)
    throw invalidRequestContent(`Client context must be at most ${LONGEST} bytes long; it has ${text.length}.`);
  const json = Buffer.from(text, "base64").toString("utf8");
  try {
    const value = JSON.parse(json) as unknown;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return json;
  } catch {
    // Below.
  }
  throw invalidRequestContent("Client context must be a valid Base64-encoded JSON object.");
}
