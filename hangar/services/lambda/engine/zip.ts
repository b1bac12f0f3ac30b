// Reads zip archives: names, unix modes and bytes, refusing what would land outside the target directory.

import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";

const inflate = promisify(inflateRaw);

export type ZipEntry = {
  readonly name: string;
  readonly mode: number;
  readonly size: number;
  readonly compressedSize: number;
  readonly method: number;
  readonly offset: number;
};

/** An archive's bytes, in memory or read from a file as they are needed. */
export type Archive = {
  readonly size: number;
  /** Bytes from `start` up to but without `end`. */
  readonly read: (start: number, end: number) => Promise<Uint8Array>;
};

export function archiveOf(bytes: Uint8Array): Archive {
  return { size: bytes.length, read: (start, end) => Promise.resolve(bytes.subarray(start, end)) };
}

const END_OF_DIRECTORY = 0x06054b50;
/** A comment of 65,535 bytes may follow it. */
const FARTHEST_END = 65_557;
const DIRECTORY_ENTRY = 0x02014b50;

export class InvalidZip extends Error {}

/** The central directory; throws InvalidZip when the bytes are no archive. */
export async function zipEntries(archive: Archive): Promise<ZipEntry[]> {
  const tail = viewOf(await archive.read(Math.max(0, archive.size - FARTHEST_END), archive.size));
  const end = endOfDirectory(tail);
  const count = tail.readUInt16LE(end + 10);
  const start = tail.readUInt32LE(end + 16);
  const view = viewOf(await archive.read(start, start + tail.readUInt32LE(end + 12)));
  let at = 0;
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > view.length || view.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new InvalidZip("The central directory is broken.");
    const nameLength = view.readUInt16LE(at + 28);
    const skip = view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
    entries.push({
      name: checkedName(view.toString("utf8", at + 46, at + 46 + nameLength)),
      mode: view.readUInt32LE(at + 38) >>> 16,
      size: view.readUInt32LE(at + 24),
      compressedSize: view.readUInt32LE(at + 20),
      method: view.readUInt16LE(at + 10),
      offset: view.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + skip;
  }
  return entries;
}

/** The bytes of one entry. */
export async function zipEntryBytes(archive: Archive, entry: ZipEntry): Promise<Uint8Array> {
  const body = entry.offset + 30;
  if (body > archive.size) throw new InvalidZip("An entry lies outside the archive.");
  const header = viewOf(await archive.read(entry.offset, body));
  const start = body + header.readUInt16LE(26) + header.readUInt16LE(28);
  const raw = await archive.read(start, start + entry.compressedSize);
  if (entry.method === 0) {
    if (entry.compressedSize !== entry.size) throw new InvalidZip(`"${entry.name}" is not as large as it says.`);
    return raw;
  }
  if (entry.method !== 8) throw new InvalidZip(`Compression method ${entry.method} is not supported.`);
  // The declared size is a limit: an archive may not unpack to more than was counted.
  return inflate(raw, { maxOutputLength: Math.max(1, entry.size) });
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function endOfDirectory(view: Buffer): number {
  for (let at = view.length - 22; at >= 0; at -= 1) if (view.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  throw new InvalidZip("There is no end of central directory.");
}

function checkedName(name: string): string {
  const parts = name.split(/[\\/]/);
  if (name.startsWith("/") || /^[a-z]:/i.test(name) || parts.includes("..") || name.includes("\0"))
    throw new InvalidZip(`"${name}" leads out of the archive.`);
  return parts.join("/");
}
