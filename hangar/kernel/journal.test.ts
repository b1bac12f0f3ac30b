// The journal gives back what was acknowledged, whatever the moment at which the process or the disk gave up.

import fc from "fast-check";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Journal, recover, type JournalEntry, type Recovery } from "./journal.ts";

let folder = "";
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hangar-journal-"));
});
afterAll(() => rm(folder, { recursive: true }));

function newPath(): string {
  files += 1;
  return join(folder, `journal-${files}`);
}

async function read(path: string): Promise<{ entries: JournalEntry[]; recovery: Recovery }> {
  const entries: JournalEntry[] = [];
  const recovery = await recover(path, (entry) => entries.push(entry));
  return { entries, recovery };
}

/** Three groups: one entry, two entries with a delete, one entry. */
async function threeGroups(path: string): Promise<number[]> {
  const journal = await Journal.open(path);
  const ends: number[] = [];
  journal.append("sqs/queues", "a", { name: "a\nb\u2028\tc", body: new Uint8Array([0, 10, 255]) });
  await journal.flushed();
  ends.push((await readFile(path)).length);
  journal.append("sqs/queues", "b", "é\u0000𝄞");
  journal.append("sqs/queues", "a", undefined);
  await journal.flushed();
  ends.push((await readFile(path)).length);
  journal.append("sqs/queues", "c", 1);
  await journal.close();
  ends.push((await readFile(path)).length);
  return ends;
}

const all: readonly JournalEntry[] = [
  { table: "sqs/queues", key: "a", row: { name: "a\nb\u2028\tc", body: new Uint8Array([0, 10, 255]) } },
  { table: "sqs/queues", key: "b", row: "é\u0000𝄞" },
  { table: "sqs/queues", key: "a", row: undefined },
  { table: "sqs/queues", key: "c", row: 1 },
];

describe("a journal", () => {
  test("gives entries back in order, deletes among them", async () => {
    const path = newPath();
    await threeGroups(path);
    expect(await read(path)).toEqual({ entries: all, recovery: { entries: 4, torn: 0 } });
  });

  test("that does not exist has no entries", async () => {
    expect(await read(newPath())).toEqual({ entries: [], recovery: { entries: 0, torn: 0 } });
  });

  test("cut anywhere gives every whole group before the cut, and nothing of a half one", async () => {
    const path = newPath();
    const ends = await threeGroups(path);
    const bytes = await readFile(path);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      await writeFile(path, bytes.subarray(0, cut));
      const groups = ends.filter((end) => end <= cut).length;
      const { entries, recovery } = await read(path);
      expect(entries).toEqual(all.slice(0, [0, 1, 3, 4][groups]));
      expect(recovery.torn).toBe(cut - (groups === 0 ? 0 : (ends[groups - 1] ?? 0)));
    }
  });

  test("that was cut off is written on as if the torn end had never been", async () => {
    const path = newPath();
    await threeGroups(path);
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length - 3));
    await recover(path, () => undefined);
    const journal = await Journal.open(path);
    journal.append("t", "after", true);
    await journal.close();
    expect((await read(path)).entries).toEqual([...all.slice(0, 3), { table: "t", key: "after", row: true }]);
  });

  test("with any bit of a whole group changed is reported as damaged, or loses nothing that came before", async () => {
    const path = newPath();
    const [first = 0, second = 0] = await threeGroups(path);
    const bytes = await readFile(path);
    for (let at = first; at < second - 1; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x04;
      await writeFile(path, changed);
      await expect(read(path), `byte ${at}`).rejects.toThrow(`The journal ${path} is damaged between bytes`);
    }
  });

  test("shares one sync among those that wait together", async () => {
    const path = newPath();
    const journal = await Journal.open(path);
    const waits = Array.from({ length: 100 }, (_, index) => {
      journal.append("t", String(index), index);
      return journal.flushed();
    });
    await Promise.all(waits);
    await journal.close();
    const groups = (await readFile(path, "utf8")).split("\n").filter((line) => line.startsWith("="));
    expect(groups.length).toBeLessThanOrEqual(3);
    expect((await read(path)).entries).toHaveLength(100);
  });

  test("writes what nobody waits for before long", async () => {
    const path = newPath();
    const journal = await Journal.open(path);
    journal.append("t", "a", 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await read(path)).entries).toEqual([{ table: "t", key: "a", row: 1 }]);
    await journal.close();
  });

  test("whose disk failed acknowledges nothing any more", async () => {
    const journal = await Journal.open("/dev/full");
    journal.append("t", "a", 1);
    await expect(journal.flushed()).rejects.toThrow("ENOSPC");
    journal.append("t", "b", 1);
    await expect(journal.flushed()).rejects.toThrow("ENOSPC");
    await expect(journal.close()).rejects.toThrow("ENOSPC");
  });

  test("rewritten holds only what it was given", async () => {
    const path = newPath();
    await threeGroups(path);
    const entries = Array.from({ length: 2500 }, (_, index) => ({ table: "t", key: String(index), row: { index } }));
    await Journal.rewrite(path, entries);
    expect((await read(path)).entries).toEqual(entries);
  });

  test("is made smaller while it is written, and loses nothing", async () => {
    const path = newPath();
    const journal = await Journal.open(path);
    const rows = new Map<string, number>();
    const put = (key: string, value: number): void => {
      rows.set(key, value);
      journal.append("t", key, value);
    };
    for (let index = 0; index < 5000; index += 1) put(String(index % 10), index);
    await journal.flushed();
    const before = journal.size;
    put("10", 1);
    const compacted = journal.compact(() => [...rows].map(([key, row]) => ({ table: "t", key, row })));
    for (let index = 0; index < 20; index += 1) {
      put(`later ${index}`, index);
      await journal.flushed();
    }
    await compacted;
    await journal.close();
    expect(journal.size).toBeLessThan(before / 10);
    const { entries, recovery } = await read(path);
    expect(new Map(entries.map(({ key, row }) => [key, row]))).toEqual(rows);
    expect(recovery).toEqual({ entries: 31, torn: 0 });
  });

  test("gives back any rows", async () => {
    const row = fc.jsonValue().filter((value) => JSON.stringify(value) !== undefined);
    const entry = fc.record({ table: fc.string({ unit: "binary" }), key: fc.string({ unit: "binary" }), row });
    await fc.assert(
      fc.asyncProperty(fc.array(entry), async (entries) => {
        const path = newPath();
        const journal = await Journal.open(path);
        for (const { table, key, row: value } of entries) journal.append(table, key, value);
        await journal.close();
        expect((await read(path)).entries).toEqual(entries);
        await rm(path, { force: true });
      }),
      { numRuns: 50 },
    );
  });
});
