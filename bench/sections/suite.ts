// Forty tests, each of which needs the deployed shop with clean data: a fork each, all deployed anew each, one world cleaned after each.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { synth } from "../../hangar/targets/synth.ts";
import { run as runNode, runVitest } from "../vitest-run.ts";
import { ms, type Row } from "../table.ts";

const SHOP = fileURLToPath(new URL("../../docs/examples/", import.meta.url));
const COMMAND = fileURLToPath(new URL("../../hangar/dist/cli/main.js", import.meta.url));
const CONFIG = "./suite/vitest.config.ts";
const LOCALSTACK = "http://127.0.0.1:4566";

export async function run(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "hangar-bench-"));
  try {
    const where = { directory: SHOP, output: join(folder, "cdk.out"), account: "000000000000", region: "us-east-1" };
    const assembly = await synth({ ...where, environment: process.env });
    const timed = async (way: string, workers: number): Promise<number> => {
      const { wall, passed } = await runVitest(CONFIG, workers, { BENCH_WAY: way, BENCH_ASSEMBLY: assembly });
      if (passed !== 40) throw new Error(`${passed} tests, not 40.`);
      return wall;
    };
    const forked = await timed("fixtures", 1);
    const rows = [
      { what: "40 tests, a fork each, 2 workers", wall: await timed("fixtures", 2) },
      { what: "40 tests, all reset and deployed anew before each, 1 worker", wall: await timed("redeployed", 1) },
      { what: "40 tests, one world cleaned after each, 1 worker", wall: await timed("shared", 1) },
    ];
    const against = `a fork each, 1 worker: ${ms(forked)}`;
    return [
      { what: "40 tests, a fork each, 1 worker, vitest's start and the deployment included", measured: ms(forked) },
      ...rows.map(({ what, wall }) => ({ what, measured: ms(wall), against, ratio: wall / forked })),
      await onLocalStack(assembly, against, forked),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Only where LocalStack runs already. */
async function onLocalStack(assembly: string, against: string, forked: number): Promise<Row> {
  const what = "40 tests on LocalStack, one world cleaned after each, 1 worker";
  if (!(await isLocalStack())) return { what, measured: `skipped: no LocalStack at ${LOCALSTACK}` };
  const config = fileURLToPath(new URL("../suite/vitest.config.ts", import.meta.url));
  const there = ["--target", "localstack", "--app", assembly];
  const words = [COMMAND, "test", ...there, "--config", config, "--maxWorkers=1"];
  const wall = await runNode(words, { BENCH_WAY: "fixtures", BENCH_ASSEMBLY: assembly });
  await runNode([COMMAND, "destroy", ...there]);
  return { what, measured: ms(wall), against, ratio: wall / forked };
}

async function isLocalStack(): Promise<boolean> {
  try {
    const response = await fetch(`${LOCALSTACK}/_localstack/health`, { signal: AbortSignal.timeout(2000) });
    const { edition } = (await response.json()) as { readonly edition?: string };
    return edition === "community";
  } catch {
    return false;
  }
}
