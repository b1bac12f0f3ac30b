// Room on the disk that is held by a file and given up when the disk is full: what is under way then is still written.

import { randomFillSync } from "node:crypto";
import { open, rm, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { isFullDisk } from "./full-disk.ts";

const PIECE = 256 * 1024;
const SIZE = 16 * PIECE;
/** Free bytes from which on the disk is no longer full: filled to the brim again, it would be full again at once. */
const ENOUGH = 2 * SIZE;

export class Reserve {
  readonly #path: string;
  #holding: Promise<Error | undefined> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Holds the room, unless it does already; answers the want of room that kept it from that. */
  hold(): Promise<Error | undefined> {
    this.#holding ??= this.#hold().finally(() => (this.#holding = undefined));
    return this.#holding;
  }

  /** Answers whether there was any. */
  async giveUp(): Promise<boolean> {
    await this.#holding;
    const held = (await sizeOf(this.#path)) > 0;
    await rm(this.#path, { force: true });
    return held;
  }

  /** Resolves when nothing is written any more. */
  async close(): Promise<void> {
    await this.#holding;
  }

  async #hold(): Promise<Error | undefined> {
    if ((await sizeOf(this.#path)) >= SIZE) return undefined;
    try {
      await fill(this.#path);
      return undefined;
    } catch (error) {
      await rm(this.#path, { force: true });
      // Where room cannot be held for another reason, there is none to give up.
      return isFullDisk(error) ? error : undefined;
    }
  }
}

async function fill(path: string): Promise<void> {
  // Looked at first: what is under way needs the rest more than we do.
  const { bavail, bsize } = await statfs(dirname(path));
  if (bavail * bsize < ENOUGH) throw Object.assign(new Error(`ENOSPC: no room for ${path}`), { code: "ENOSPC" });
  const file = await open(path, "w");
  try {
    // Zeros would need no room on disks that compress.
    const piece = randomFillSync(new Uint8Array(PIECE));
    for (let at = 0; at < SIZE; at += PIECE) await file.write(piece, 0, PIECE, at);
  } finally {
    await file.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
