// Unpacks code and layers into directories named by their content, once for all environments and forks.

import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Blobs } from "../../../kernel/blobs.ts";
import { isLink, linkTarget } from "./links.ts";
import { invalidZipFile } from "../errors.ts";
import { leaveWorkDirectory, useWorkDirectory, workDirectory } from "./work-directory.ts";
import { archiveOf, InvalidZip, zipEntries, zipEntryBytes, type Archive, type ZipEntry } from "./zip.ts";

export class CodeDirectories {
  readonly #unpacked = new Map<string, Promise<string>>();
  #root: Promise<string> | undefined;
  #next = 0;

  constructor() {
    useWorkDirectory();
  }

  /** A fresh directory that goes with this object. */
  async fresh(prefix: string): Promise<string> {
    this.#next += 1;
    const name = `${prefix}-${this.#next}`;
    const path = join(await this.root(), name);
    await mkdir(path, { recursive: true });
    return path;
  }

  root(): Promise<string> {
    return (this.#root ??= workDirectory().then((directory) => mkdtemp(join(directory, "cloud-"))));
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
    await leaveWorkDirectory();
  }

  async #unpack(blobs: Blobs, hashes: readonly string[], name: string): Promise<string> {
    const partial = await this.fresh("unpacking");
    try {
      const links = new Set<string>();
      for (const hash of hashes) await unpackInto(partial, archiveOf(await blobs.bytes(hash)), links);
      const target = join(await this.root(), name.slice(0, 200));
      await rename(partial, target);
      return target;
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      if (isBroken(error)) throw Object.assign(invalidZipFile(), { cause: error });
      throw error;
    }
  }
}

/** Ours, zlib's, two entries that cannot both be there, a name too long: the archive's fault, not the disk's. */
function isBroken(error: unknown): boolean {
  if (error instanceof InvalidZip) return true;
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" && /^(Z_|ERR_BUFFER_TOO_LARGE$|EISDIR$|ENOTDIR$|EEXIST$|ENAMETOOLONG$)/.test(code);
}

/** `links`: names of those that lie in the directory. They are made last, and nothing is written through one. */
async function unpackInto(directory: string, archive: Archive, links: Set<string>): Promise<void> {
  const entries = await zipEntries(archive);
  for (const entry of entries.filter((each) => !isLink(each))) {
    const path = join(directory, entry.name);
    await giveWay(directory, entry.name, links);
    if (entry.name.endsWith("/")) await mkdir(path, { recursive: true });
    else await writeEntry(path, entry, archive);
  }
  for (const entry of entries.filter(isLink)) {
    const path = join(directory, entry.name);
    await giveWay(directory, entry.name, links);
    await mkdir(dirname(path), { recursive: true });
    await rm(path, { recursive: true, force: true });
    await symlink(await linkTarget(archive, entry), path);
    links.add(entry.name);
  }
}

/** Removes links that stand where an entry, or a directory it lies in, goes. */
async function giveWay(directory: string, name: string, links: Set<string>): Promise<void> {
  if (links.size === 0) return;
  for (let at = name.replace(/\/$/, ""); at !== "."; at = dirname(at))
    if (links.delete(at)) await rm(join(directory, at), { force: true });
}

async function writeEntry(path: string, entry: ZipEntry, archive: Archive): Promise<void> {
  const bytes = await zipEntryBytes(archive, entry);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  if ((entry.mode & 0o111) !== 0) await chmod(path, 0o755);
}
