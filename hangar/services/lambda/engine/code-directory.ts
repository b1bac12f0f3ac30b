// Unpacks code and layers into directories named by their content, once for all environments and forks.

import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, normalize } from "node:path";
import type { Blobs } from "../../../kernel/blobs.ts";
import { InvalidZip, zipEntries, zipEntryBytes, type ZipEntry } from "./zip.ts";

const SYMLINK = 0o120000;
const FILE_KIND = 0o170000;

export class CodeDirectories {
  readonly #unpacked = new Map<string, Promise<string>>();
  #root: Promise<string> | undefined;
  #next = 0;

  /** A fresh directory that goes with this object. */
  async fresh(prefix: string): Promise<string> {
    this.#next += 1;
    const name = `${prefix}-${this.#next}`;
    const path = join(await this.root(), name);
    await mkdir(path, { recursive: true });
    return path;
  }

  root(): Promise<string> {
    this.#root ??= mkdtemp(join(tmpdir(), "hangar-lambda-"));
    return this.#root;
  }

  /** Archives unpacked over one another, in order. */
  async of(blobs: Blobs, hashes: readonly string[]): Promise<string> {
    const name = hashes.map((hash) => hash.slice(0, 32)).join("-");
    let unpacked = this.#unpacked.get(name);
    if (unpacked === undefined) {
      unpacked = this.#unpack(blobs, hashes, name);
      this.#unpacked.set(name, unpacked);
      unpacked.catch(() => this.#unpacked.delete(name));
    }
    return unpacked;
  }

  async close(): Promise<void> {
    const root = this.#root;
    this.#root = undefined;
    this.#unpacked.clear();
    if (root !== undefined) await rm(await root, { recursive: true, force: true, maxRetries: 3 });
  }

  async #unpack(blobs: Blobs, hashes: readonly string[], name: string): Promise<string> {
    const partial = await this.fresh("unpacking");
    for (const hash of hashes) await unpackInto(partial, await blobs.bytes(hash));
    const target = join(await this.root(), name.slice(0, 200));
    await rename(partial, target);
    return target;
  }
}

async function unpackInto(directory: string, archive: Uint8Array): Promise<void> {
  for (const entry of zipEntries(archive)) {
    const path = join(directory, entry.name);
    if (entry.name.endsWith("/")) await mkdir(path, { recursive: true });
    else await writeEntry(path, entry, archive);
  }
}

async function writeEntry(path: string, entry: ZipEntry, archive: Uint8Array): Promise<void> {
  const bytes = await zipEntryBytes(archive, entry);
  await mkdir(dirname(path), { recursive: true });
  if ((entry.mode & FILE_KIND) === SYMLINK) {
    const target = Buffer.from(bytes).toString("utf8");
    const landing = normalize(join(dirname(entry.name), target));
    if (isAbsolute(target) || landing.startsWith(".."))
      throw new InvalidZip(`The link "${entry.name}" leads out of the archive.`);
    await rm(path, { force: true });
    await symlink(target, path);
    return;
  }
  await writeFile(path, bytes);
  if ((entry.mode & 0o111) !== 0) await chmod(path, 0o755);
}
