// A world on disk: comes back from its journal when the cloud opens, and writes every row to it from then on.

import { existsSync } from "node:fs";
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ClockState } from "../kernel/clock.ts";
import { isFullDisk } from "../kernel/full-disk.ts";
import { Journal, recover, type JournalEntry } from "../kernel/journal.ts";
import type { Table } from "../kernel/table.ts";
import { Reserve } from "../kernel/reserve.ts";
import { HOUSE, type TableWrite, type World } from "./world.ts";

/** Raised when rows written by this version cannot be read by an earlier one. */
const FORMAT = 1;
/** A journal is rewritten when it is this large and has grown this many times over since it last was. */
const LARGE = 64 * 1024 * 1024;
const GROWN = 4;

/** Folders that this process has open: a lock with our own process id may be left from a process before us. */
const opened = new Set<string>();

/** What a data folder holds: `journal` (every row) and `blobs` (bodies). */
export function blobsFolder(directory: string): string {
  return join(directory, "blobs");
}

export class Persistence {
  #world: World;
  readonly #journal: Journal;
  readonly #reserve: Reserve;
  readonly #unlock: () => Promise<void>;
  #clock: ClockState;
  #compacted: number;
  #compacting: Promise<void> | undefined;
  #replacing: Promise<void> | undefined;

  private constructor(world: World, journal: Journal, reserve: Reserve, unlock: () => Promise<void>) {
    this.#world = world;
    this.#journal = journal;
    this.#reserve = reserve;
    this.#unlock = unlock;
    this.#clock = world.clock.state;
    this.#compacted = journal.size;
    world.observeWrites(this.#append);
    journal.whenFull(this.#full);
  }

  readonly #full = async (error: Error): Promise<boolean> => {
    const given = await this.#reserve.giveUp();
    this.#world.gate.close(error, this.#lookForRoom);
    return given;
  };

  /** Room is held again before anybody may write. */
  readonly #lookForRoom = async (): Promise<void> => {
    if (this.#journal.dirty) await this.#journal.flushed().catch(() => undefined);
    if (this.#journal.dirty || (await this.#reserve.hold()) !== undefined) return;
    this.#world.gate.open();
  };

  readonly #append: TableWrite = (table, key, row) => this.#journal.append(table, key, row);

  /** Fills the world from a folder, which is this process's alone until `close`. */
  static async open(directory: string, world: World, seed: string): Promise<Persistence> {
    const folder = resolve(directory);
    await mkdir(folder, { recursive: true });
    const unlock = await lock(folder);
    try {
      const path = join(folder, "journal");
      await recover(path, ({ table, key, row }) => {
        if (row === undefined) world.table(table).delete(key);
        else world.table(table).put(key, row);
      });
      const house = world.table<unknown>(HOUSE);
      checkFormat(folder, house.get("format"));
      const clock = house.get("clock") as ClockState | undefined;
      if (clock !== undefined) world.clock.restore(clock);
      const starts = Number(house.get("starts") ?? 0) + 1;
      if (starts > 1) world.ids.reseed(`${seed}/${starts}`);
      house.put("format", FORMAT);
      house.put("starts", starts);
      // What was overwritten and deleted since the last start goes now.
      const full = await rewritten(path, world);
      const reserve = new Reserve(join(folder, "reserve"));
      const persistence = new Persistence(world, await Journal.open(path), reserve, unlock);
      if (full === undefined) persistence.#holdRoom();
      else {
        await persistence.#full(full);
        for (const [key, row] of house.range()) persistence.#append(HOUSE, key, row);
      }
      return persistence;
    } catch (error) {
      await unlock();
      throw error;
    }
  }

  /** Nobody waits for it: a start takes no longer. */
  #holdRoom(): void {
    void this.#reserve.hold().then((full) => {
      if (full !== undefined) this.#world.gate.close(full, this.#lookForRoom);
    });
  }

  /** How often the folder was opened. */
  get starts(): number {
    return Number(this.#world.table<unknown>(HOUSE).get("starts"));
  }

  /** How many writes there have been. */
  get written(): number {
    return this.#journal.appended;
  }

  /**
   * Resolves when all that was written so far would survive the end of the process: before any answer leaves. `before` is
   * what `written` was when the call began: one that wrote nothing is answered though the disk is full.
   */
  async acknowledged(before = -1): Promise<void> {
    await this.#replacing;
    const wrote = this.written > before;
    const { clock } = this.#world;
    if (!clock.isAt(this.#clock)) {
      const { mode, offset, at } = clock.state;
      this.#clock = { mode, offset, at };
      this.#world.table<unknown>(HOUSE).put("clock", this.#clock);
    }
    if (this.#journal.dirty) {
      await this.#journal.flushed().catch((error: unknown) => {
        if (wrote || !isFullDisk(error)) throw error;
      });
    }
    if (this.#journal.size > Math.max(LARGE, GROWN * this.#compacted)) this.#compacting ??= this.#compact();
  }

  /** From now on keeps another world in this one's place, once the disk has all of it: a kill leaves the one or the other. */
  async replace(next: World): Promise<void> {
    while (this.#replacing !== undefined) await this.#replacing.catch(() => undefined);
    this.#replacing = this.#replace(next).finally(() => (this.#replacing = undefined));
    await this.#replacing;
  }

  async #replace(next: World): Promise<void> {
    const kept = this.#world.table<unknown>(HOUSE);
    const house = next.table<unknown>(HOUSE);
    for (const key of ["format", "starts"]) house.put(key, kept.get(key));
    const { mode, offset, at } = next.clock.state;
    this.#clock = { mode, offset, at };
    house.put("clock", this.#clock);
    // Its answers wait for us, and its rows are of interest only if we fail.
    const before = this.#world;
    const since: Parameters<TableWrite>[] = [];
    before.observeWrites((...write) => since.push(write));
    this.#world = next;
    if (before.gate.closed !== undefined) next.gate.close(before.gate.closed, this.#lookForRoom);
    await this.#compacting;
    try {
      await this.#journal.compact(() => rowsOf([...next.paths()].map((path) => [path, next.table(path)] as const)));
    } catch (error) {
      this.#world = before;
      for (const write of since) this.#append(...write);
      before.observeWrites(this.#append);
      throw error;
    }
    before.observeWrites(undefined);
    this.#compacted = this.#journal.size;
    next.observeWrites(this.#append);
  }

  async #compact(): Promise<void> {
    try {
      await this.#journal.compact(() => {
        const tables = [...this.#world.paths()].map((path) => [path, this.#world.table(path).fork()] as const);
        return rowsOf(tables);
      });
    } catch {
      // A full disk is tried again when the journal has grown as much again. Any other failure is told to every caller from now on.
    } finally {
      this.#compacted = this.#journal.size;
      this.#compacting = undefined;
    }
  }

  async close(): Promise<void> {
    this.#world.observeWrites(undefined);
    this.#world.gate.dispose();
    await this.#compacting;
    try {
      await this.#journal.close();
    } finally {
      await this.#reserve.close();
      await this.#unlock();
    }
  }
}

function checkFormat(folder: string, format: unknown): void {
  if (format === undefined || format === FORMAT) return;
  throw new Error(
    `${folder} was written by another version of Hangar (format ${JSON.stringify(format)}, ours is ${FORMAT}).`,
  );
}

/** Where the disk is too full for that, the journal stays as it is. */
async function rewritten(path: string, world: World): Promise<Error | undefined> {
  const rows = rowsOf([...world.paths()].map((table) => [table, world.table(table)] as const));
  try {
    await Journal.rewrite(path, rows);
  } catch (error) {
    if (!isFullDisk(error)) throw error;
    return error;
  }
  return undefined;
}

function* rowsOf(tables: readonly (readonly [string, Table<unknown>])[]): Generator<JournalEntry> {
  for (const [table, rows] of tables) for (const [key, row] of rows.range()) yield { table, key, row };
}

/** One process a folder: two that write one journal would lose what both acknowledged. */
async function lock(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, "lock");
  if (opened.has(folder)) throw new Error(`${folder} is already open in this process.`);
  if (existsSync(path)) {
    const owner = Number(await readFile(path, "utf8"));
    if (owner !== process.pid && lives(owner))
      throw new Error(`${folder} is in use by process ${owner}. If that is no Hangar, remove ${path}.`);
    await rm(path, { force: true });
  }
  const file = await open(path, "wx");
  await file.writeFile(String(process.pid));
  await file.close();
  opened.add(folder);
  return async () => {
    opened.delete(folder);
    await rm(path, { force: true });
  };
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
