// Sweeps of bodies: what a row names is never swept, what none names is.

import fc from "fast-check";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Blobs } from "./blobs.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "hangar-blobs-test-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function filesOf(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function textOf(blobs: Blobs, hash: string): Promise<string> {
  return Buffer.from(await blobs.bytes(hash)).toString("latin1");
}

/** Some are kept in memory, some in files. */
function bodyOf(content: number): string {
  return `${content}`.repeat(content % 2 === 0 ? 3 : 70_000);
}

type Action =
  | {
      readonly do: "put";
      readonly world: number;
      readonly key: number;
      readonly content: number;
      readonly lasts: number;
    }
  | { readonly do: "copy"; readonly world: number; readonly key: number; readonly to: number; readonly lasts: number }
  | { readonly do: "read"; readonly world: number; readonly key: number; readonly lasts: number }
  | { readonly do: "delete"; readonly world: number; readonly key: number }
  | { readonly do: "fork"; readonly world: number }
  | { readonly do: "drop"; readonly world: number }
  | { readonly do: "sweep" };

const world = fc.nat(3);
const key = fc.nat(4);
const lasts = fc.nat(4);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("put" as const), world, key, content: fc.nat(5), lasts }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("copy" as const), world, key, to: key, lasts }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("read" as const), world, key, lasts }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("delete" as const), world, key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("fork" as const), world }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("drop" as const), world }) },
  { weight: 3, arbitrary: fc.constant({ do: "sweep" as const }) },
);

/** Worlds of rows over one store, with work that lasts across other work. */
class House {
  readonly blobs: Blobs;
  readonly worlds: Map<number, { readonly hash: string; readonly text: string }>[] = [new Map()];
  readonly sweeps: Promise<number>[] = [];
  readonly #waiting: { left: number; finish: () => Promise<void> }[] = [];

  constructor(root: string | undefined) {
    this.blobs = new Blobs(root);
  }

  readonly live = (): ReadonlySet<string> =>
    new Set(this.worlds.flatMap((rows) => [...rows.values()].map((row) => row.hash)));

  rows(index: number): Map<number, { readonly hash: string; readonly text: string }> {
    return this.worlds[index % this.worlds.length] ?? new Map();
  }

  async run(each: Action): Promise<void> {
    const rows = each.do === "sweep" ? this.rows(0) : this.rows(each.world);
    if (each.do === "put") await this.put(rows, each);
    else if (each.do === "copy") this.copy(rows, each);
    else if (each.do === "read") await this.read(rows, each);
    else if (each.do === "delete") rows.delete(each.key);
    else if (each.do === "fork") this.worlds.push(new Map(rows));
    else if (each.do === "drop" && this.worlds.length > 1) this.worlds.splice(this.worlds.indexOf(rows), 1);
    else if (each.do === "sweep") this.sweeps.push(this.blobs.sweep(this.live));
    await this.pass();
  }

  async put(rows: House["worlds"][number], { key: at, content, lasts: left }: Action & { do: "put" }): Promise<void> {
    const end = this.blobs.begin();
    const text = bodyOf(content);
    const { hash } = await this.blobs.put([Buffer.from(text)]);
    this.#waiting.push({
      left,
      finish: async () => {
        rows.set(at, { hash, text });
        end();
      },
    });
  }

  copy(rows: House["worlds"][number], { key: at, to, lasts: left }: Action & { do: "copy" }): void {
    const row = rows.get(at);
    if (row === undefined) return;
    const end = this.blobs.begin();
    this.#waiting.push({
      left,
      finish: async () => {
        rows.set(to, row);
        end();
      },
    });
  }

  /** The answer's stream outlives the call that made it. */
  async read(rows: House["worlds"][number], { key: at, lasts: left }: Action & { do: "read" }): Promise<void> {
    const row = rows.get(at);
    if (row === undefined) return;
    const end = this.blobs.begin();
    const stream = this.blobs.read(row.hash);
    end();
    this.#waiting.push({
      left,
      finish: async () => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of stream) chunks.push(chunk);
        expect(Buffer.concat(chunks).toString("latin1")).toBe(row.text);
      },
    });
  }

  async pass(): Promise<void> {
    for (const work of this.#waiting) work.left -= 1;
    const due = this.#waiting.filter((work) => work.left < 0);
    for (const work of due) {
      this.#waiting.splice(this.#waiting.indexOf(work), 1);
      await work.finish();
    }
  }

  async finish(): Promise<void> {
    while (this.#waiting.length > 0) await this.pass();
    await Promise.all(this.sweeps);
  }

  async check(): Promise<void> {
    for (const rows of this.worlds)
      for (const { hash, text } of rows.values()) expect((await textOf(this.blobs, hash)) === text).toBe(true);
  }
}

describe("sweeping", () => {
  test.each([
    { where: "in memory and a temporary folder", kept: false },
    { where: "in a folder that stays", kept: true },
  ])("$where: never sweeps what a row of any world names, and sweeps all else", async ({ kept }) => {
    let run = 0;
    const property = fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 40 }), async (actions) => {
      run += 1;
      const house = new House(kept ? join(directory, String(run)) : undefined);
      try {
        for (const each of actions) {
          await house.run(each);
          await house.check();
        }
        await house.finish();
        await house.check();
        await house.blobs.sweep(house.live);
        await house.check();
        for (const content of [0, 1, 2, 3, 4, 5]) {
          const hash = hashOf(bodyOf(content));
          expect(await house.blobs.has(hash)).toBe(house.live().has(hash));
        }
        if (kept && run > 0)
          expect(new Set(await filesOf(join(directory, String(run))).catch(() => []))).toEqual(house.live());
      } finally {
        await house.blobs.close();
      }
    });
    await fc.assert(property, { numRuns: 60 });
  });

  test("a sweep waits for work that began before it, and for nothing else", async () => {
    const blobs = new Blobs(directory);
    const end = blobs.begin();
    const { hash } = await blobs.put([Buffer.alloc(100_000)]);
    const rows = new Set<string>();
    const marked = Promise.withResolvers<void>();
    let asked = 0;
    const sweep = blobs.sweep(() => {
      asked += 1;
      marked.resolve();
      return rows;
    });
    await marked.promise;
    expect([asked, await blobs.has(hash)]).toEqual([1, true]);
    const later = blobs.begin();
    end();
    expect(await sweep).toBe(1);
    expect(await blobs.has(hash)).toBe(false);
    later();
  });

  test("what is put again while a sweep waits stays, though no row names it yet", async () => {
    const blobs = new Blobs(directory);
    const { hash } = await blobs.put([Buffer.alloc(100_000)]);
    const end = blobs.begin();
    const marked = Promise.withResolvers<void>();
    const sweep = blobs.sweep(() => {
      marked.resolve();
      return new Set();
    });
    await marked.promise;
    blobs.begin();
    await blobs.put([Buffer.alloc(100_000)]);
    end();
    expect([await sweep, await blobs.has(hash)]).toEqual([0, true]);
  });

  test("a body on its way out is whole, though its row is gone before its first byte", async () => {
    const blobs = new Blobs(directory);
    const { hash } = await blobs.put([Buffer.alloc(100_000)]);
    const stream = blobs.read(hash);
    const nothing = () => new Set<string>();
    expect(await blobs.sweep(nothing)).toBe(0);
    let size = 0;
    for await (const chunk of stream) size += chunk.length;
    expect(size).toBe(100_000);
    expect(await blobs.sweep(nothing)).toBe(1);
    const left = await blobs.put([Buffer.alloc(200_000)]);
    await blobs.read(left.hash).return?.();
    expect(await blobs.sweep(nothing)).toBe(1);
  });

  test("closing does not wait for work that never ends", async () => {
    const blobs = new Blobs(directory);
    blobs.begin();
    await blobs.put([Buffer.from("x")]);
    const sweep = blobs.sweep(() => new Set());
    await blobs.close();
    expect(await sweep).toBe(0);
  });
});

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
