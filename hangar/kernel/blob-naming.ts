// What blobs are called: names that no other content has.

import { createHash } from "node:crypto";

/** What rows call blobs by. */
export const BLOB_NAMES = /[0-9a-f]{64}|[0-9a-f]{56}--sealed/g;

/** A name that stands for content by other means than its SHA-256: of 28 bytes that no other content has. */
export function sealedName(bytes: Buffer): string {
  return `${bytes.toString("hex")}--sealed`;
}

/** How a blob gets its name while it comes in. */
export type Naming = {
  update(chunk: Uint8Array): void;
  /** Asked once, after the last chunk. What it throws keeps the blob out. */
  name(): string;
};

/** By its SHA-256. */
export function contentNaming(): Naming {
  const hash = createHash("sha256");
  return { update: (chunk) => void hash.update(chunk), name: () => hash.digest("hex") };
}
