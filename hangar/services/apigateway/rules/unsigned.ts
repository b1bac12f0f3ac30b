// Where a signature is expected: what is said of a caller who sent none, or something else.

import { hash } from "node:crypto";
import { failures, type GatewayFailure } from "./failure.ts";
import { header, type Invocation } from "./invocation.ts";

const PARTS = ["Credential", "Signature", "SignedHeaders"];

/** Methods that are not there expect one too: that is why a bearer token makes AWS's refusal so odd. */
export function unsigned(invocation: Invocation): GatewayFailure {
  const sent = header(invocation, "authorization");
  if (sent === undefined || sent === "") return failures.missingToken();
  const pairs = sent.slice(sent.indexOf(" ") + 1).split(",");
  const hashed = hash("sha256", sent, "base64");
  if (pairs.some((pair) => !pair.includes("=")))
    return failures.incompleteSignature(
      `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hashed}'.`,
    );
  const names = new Set(pairs.map((pair) => pair.split("=")[0]?.trim()));
  const missing = PARTS.filter((part) => !names.has(part)).map(
    (part) => `Authorization header requires '${part}' parameter. `,
  );
  const dated = header(invocation, "x-amz-date") !== undefined || header(invocation, "date") !== undefined;
  const date = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  return failures.incompleteSignature(
    `${missing.join("")}${dated ? "" : date}(Hashed with SHA-256 and encoded with Base64) Authorization=${hashed}`,
  );
}
