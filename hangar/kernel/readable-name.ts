// A file's or folder's name for a test, whatever its own name holds.

import { createHash } from "node:crypto";

const LONGEST = 80;

/** Two that would read the same differ in their last letters. */
export function readableName(names: readonly string[]): string {
  const readable = names
    .join(" ")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[-.]+/, "")
    .slice(0, LONGEST);
  const hash = createHash("sha256").update(JSON.stringify(names)).digest("hex").slice(0, 6);
  return `${readable}-${hash}`;
}
