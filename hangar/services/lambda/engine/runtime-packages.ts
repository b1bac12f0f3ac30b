// Which packages of the AWS SDK a function's own code asks its runtime for.

import type { Blobs } from "../../../kernel/blobs.ts";
import { archiveOf, zipEntries, zipEntryBytes } from "./zip.ts";

const SCRIPT = /\.[cm]?js$/;
const REQUEST = /["'](@aws-sdk\/[a-z0-9-]+)["']/g;
const MOST = 4 * 1024 * 1024;

/** None when the archive brings packages of its own, or cannot be read. */
export async function runtimePackages(blobs: Blobs, hash: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  try {
    const archive = archiveOf(await blobs.bytes(hash));
    if (archive.size > MOST) return found;
    const entries = (await zipEntries(archive)).filter((entry) => SCRIPT.test(entry.name));
    if (entries.some((entry) => entry.name.startsWith("node_modules/@aws-sdk/"))) return found;
    let left = MOST;
    for (const entry of entries) {
      left -= entry.size;
      if (left < 0) break;
      const text = Buffer.from(await zipEntryBytes(archive, entry)).toString("latin1");
      for (const [, name = ""] of text.matchAll(REQUEST)) found.add(name);
    }
  } catch {
    // A guess at what saves time: an invocation reports what is wrong with the code.
  }
  return found;
}
