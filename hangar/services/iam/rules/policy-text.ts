// Policy documents as they are taken in and given out: checked, measured, percent-encoded.

import { limitExceeded, malformedPolicyDocument } from "../errors.ts";
import { policyComplaint, type PolicyUse } from "./policy-syntax.ts";

export function checkPolicy(document: string, use: PolicyUse): void {
  const complaint = policyComplaint(document, use);
  if (complaint !== undefined) throw malformedPolicyDocument(complaint);
}

/** AWS does not count white space. */
export function policySize(document: string): number {
  return document.replace(/\s/g, "").length;
}

export function checkSize(document: string, limit: number, quota: string): void {
  if (policySize(document) > limit) throw limitExceeded(`Cannot exceed quota for ${quota}: ${limit}`);
}

/** RFC 3986, as AWS gives policy documents. */
export function encoded(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
