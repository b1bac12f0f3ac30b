// Values that go out as HTTP headers: what cannot stand in one is refused or encoded.

import { invalidArgument, invalidRequest } from "../errors.ts";

/** Line ends and their kin would end the header. */
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;
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

/** As S3 gives back what came in by a form or as UTF-8: RFC 2047, one encoded word. */
export function headerValue(name: string, value: string): string {
  if (CONTROL.test(value)) throw invalidArgument("Header value cannot contain control characters.", name, value);
  return LATIN1.test(value) ? value : `=?UTF-8?B?${Buffer.from(value, "utf8").toString("base64")}?=`;
}
