// Values that go out as HTTP headers: what cannot stand in one is refused or encoded.

import { isUtf8 } from "node:buffer";
import { decodedWords } from "./encoded-words.ts";
import { invalidArgument, invalidRequest } from "../errors.ts";

/** Line ends and their kin would end the header. */
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;
const ASCII = /^[\u0000-\u007f]*$/;
const LATIN1 = /^[\u0000-\u00ff]*$/;
const OVERRIDES: readonly (readonly [member: string, parameter: string])[] = [
  ["ResponseCacheControl", "response-cache-control"],
  ["ResponseContentDisposition", "response-content-disposition"],
  ["ResponseContentEncoding", "response-content-encoding"],
  ["ResponseContentLanguage", "response-content-language"],
  ["ResponseContentType", "response-content-type"],
  ["ResponseExpires", "response-expires"],
];

/** What a request would have the answer's headers say; only the signed may say so. */
export function checkOverrides(input: object, isAnonymous: boolean): void {
  for (const [member, parameter] of OVERRIDES) {
    const value = (input as Readonly<Record<string, unknown>>)[member];
    if (value === undefined) continue;
    if (isAnonymous) {
      throw invalidRequest("Request specific response headers cannot be used for anonymous GET requests.");
    }
    if (typeof value === "string" && (CONTROL.test(value) || !LATIN1.test(value)))
      throw invalidArgument("Header value cannot be represented using ISO-8859-1.", parameter, value);
  }
}

/** System metadata is Latin-1: what is not becomes a space. */
export function headerValue(name: string, value: string): string {
  if (CONTROL.test(value)) throw invalidArgument("Header value cannot contain control characters.", name, value);
  return LATIN1.test(value) ? value : Array.from(value, (each) => (LATIN1.test(each) ? each : " ")).join("");
}

/** User metadata is Unicode: a header has it in RFC 2047's words or as UTF-8, whose bytes HTTP reads as Latin-1. */
export function metadataText(value: string): string {
  const text = decodedWords(value);
  if (text !== value || ASCII.test(value) || !LATIN1.test(value)) return text;
  const bytes = Buffer.from(value, "latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : value;
}
