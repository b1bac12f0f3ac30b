// Forking a world of a thousand and of a million rows, and the first write after it.

import { Blobs } from "../../hangar/kernel/blobs.ts";
import { World } from "../../hangar/cloud/world.ts";
import { atMost, median, ms, type Row } from "../table.ts";

export async function run(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of [1_000, 1_000_000]) {
    const world = new World({ name: "bench", seed: "bench", blobs: new Blobs() }, () => Promise.resolve());
    const table = world.table<{ readonly value: number }>("bench/rows");
    for (let index = 0; index < size; index += 1) table.put(keyOf(index), { value: index });
    const forks: number[] = [];
    const writes: number[] = [];
    for (let index = 0; index < 200; index += 1) {
      const started = performance.now();
      const child = world.fork();
      const forked = performance.now();
      child.table("bench/rows").put(keyOf((index * 7919) % size), { value: -1 });
      writes.push(performance.now() - forked);
      forks.push(forked - started);
      child.dispose();
    }
    rows.push({
      what: `fork of ${size.toLocaleString("en")} rows`,
      measured: ms(median(forks)),
      ...atMost(1, median(forks), "ms"),
    });
    rows.push({
      what: `first write after it (${size.toLocaleString("en")} rows)`,
      measured: ms(median(writes)),
      ...atMost(1, median(writes), "ms"),
    });
    world.dispose();
  }
  return rows;
}

function keyOf(index: number): string {
  return `row-${String(index).padStart(9, "0")}`;
}
