// Folders as zip archives, the way the CDK packs assets: every file, links followed, modes kept, fixed dates.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";

/** 2 January 1980, in DOS's words: the same for the same content, on every machine. */
const DOS_TIME = 0;
const DOS_DATE = 0x22;
const UTF8_NAMES = 0x800;
const DEFLATED = 8;
const UNIX = 3;

type Entry = { readonly name: Buffer; readonly mode: number; readonly header: Buffer; readonly data: Buffer };

export function zipFolder(directory: string): Uint8Array {
  const entries: Entry[] = [];
  const add = (folder: string, prefix: string): void => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      const facts = statSync(path);
      if (facts.isDirectory()) add(path, `${prefix}${name}/`);
      else entries.push(entryOf(`${prefix}${name}`, facts.mode, readFileSync(path)));
    }
  };
  add(directory, "");
  return archive(entries);
}

/** What the local header and the directory say alike. Node's own deflate takes a quarter of the time of one in JavaScript. */
function entryOf(name: string, mode: number, content: Buffer): Entry {
  const data = deflateRawSync(content, { level: 1 });
  const bytes = Buffer.from(name);
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(UTF8_NAMES, 2);
  header.writeUInt16LE(DEFLATED, 4);
  header.writeUInt16LE(DOS_TIME, 6);
  header.writeUInt16LE(DOS_DATE, 8);
  header.writeUInt32LE(crc32(content), 10);
  header.writeUInt32LE(data.length, 14);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt16LE(bytes.length, 22);
  return { name: bytes, mode, header, data };
}

function archive(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, mode, header, data } of entries) {
    files.push(Buffer.from("PK\x03\x04"), header, name, data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((mode & 0xffff) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, UNIX]), header, rest, name);
    offset += 4 + header.length + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    directory.reduce((size, part) => size + part.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
