// Symbolic links in archives: where they may lead, and the links of Lambda's own paths.

import { dirname, normalize, posix } from "node:path";
import { InvalidZip, zipEntryBytes, type Archive, type ZipEntry } from "./zip.ts";

const KIND = 0o170000;
const LINK = 0o120000;
const LONGEST = 4096;
/** Archives are unpacked where these would be. */
const MOUNTED = /^\/(?:opt|var\/task)(?:\/|$)/;

export function isLink(entry: ZipEntry): boolean {
  return (entry.mode & KIND) === LINK;
}

/** Relative, and inside the archive; throws InvalidZip when it leads elsewhere. */
export async function linkTarget(archive: Archive, entry: ZipEntry): Promise<string> {
  if (entry.size > LONGEST) throw new InvalidZip(`The link "${entry.name}" is too long.`);
  const text = Buffer.from(await zipEntryBytes(archive, entry)).toString("utf8");
  const target = MOUNTED.test(text) ? posix.relative(dirname(entry.name), text.replace(MOUNTED, "")) || "." : text;
  const landing = normalize(posix.join(dirname(entry.name), target));
  if (target.startsWith("/") || target.includes("\0") || landing === ".." || landing.startsWith("../"))
    throw new InvalidZip(`The link "${entry.name}" leads out of the archive.`);
  // Without the steps back in its middle: another link there would make them lead elsewhere.
  return posix.relative(dirname(entry.name), landing) || ".";
}
