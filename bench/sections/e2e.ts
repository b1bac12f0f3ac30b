// Nebula's whole suite, as `npm run e2e` runs it, with one worker and with two.

import { fileURLToPath } from "node:url";
import { run as runNode } from "../vitest-run.ts";
import { ms, type Row } from "../table.ts";

const COMMAND = fileURLToPath(new URL("../../hangar/cli/main.ts", import.meta.url));

export async function run(): Promise<readonly Row[]> {
  const one = await runNode([COMMAND, "test", "--maxWorkers=1"]);
  const two = await runNode([COMMAND, "test", "--maxWorkers=2"]);
  return [
    { what: "Nebula's e2e suite, synth and deployment included, 1 worker", measured: ms(one) },
    { what: "the same, 2 workers", measured: ms(two), against: `1 worker: ${ms(one)}`, ratio: two / one },
  ];
}
