// What V8 keeps for young objects, in a process of its own that works, and works on.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** Prints the megabytes of the young generation after a moment of work, and of much more of it. */
const SCRIPT = `
import { getHeapSpaceStatistics } from "node:v8";
import { keepYoungGenerationSmall } from ${JSON.stringify(new URL("./young-generation.ts", import.meta.url).href)};
keepYoungGenerationSmall();
const young = () => getHeapSpaceStatistics().find((space) => space.space_name === "new_space").space_size / 1024 / 1024;
const kept = [];
const sizes = [];
let at = 0;
const end = performance.now() + 60_000;
const turn = () => {
  for (const until = performance.now() + 2; performance.now() < until; at += 1) kept[at % 20_000] = { at, text: [at] };
  sizes.push(young());
  const grown = sizes.findIndex((size) => size >= 16);
  if ((grown < 0 || sizes.length < grown + 300) && performance.now() < end) setTimeout(turn);
  else console.log(JSON.stringify([sizes[10], sizes.at(-1)]));
};
turn();
`;

test("it stays small at first, grows once the process is busy, and not without end", async () => {
  const words = ["--input-type=module", "--disable-warning=ExperimentalWarning", "--eval", SCRIPT];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  const [small, large] = JSON.parse(stdout) as [number, number];
  expect(small).toBeLessThanOrEqual(2);
  expect(large).toBeGreaterThanOrEqual(16);
  // Never V8's own 64: a look may come late.
  expect(large).toBeLessThanOrEqual(32);
});
