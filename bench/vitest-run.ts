// A vitest run in a process of its own: how long it took, and how long its tests.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const VITEST = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));

export type SuiteRun = {
  /** From the start of the process to its end, in milliseconds. */
  readonly wall: number;
  readonly passed: number;
  /** Of the tests whose names begin with `prefix`, in milliseconds, their fixtures included. */
  durations(prefix: string): readonly number[];
};

type Test = { readonly title: string; readonly status: string; readonly duration?: number };
type Report = {
  readonly numPassedTests: number;
  readonly numTotalTests: number;
  readonly testResults: readonly { readonly assertionResults: readonly Test[] }[];
};

/** Throws with all that was said when a test fails, or none ran. */
export async function runVitest(
  config: string,
  workers: number,
  environment: Readonly<Record<string, string>>,
): Promise<SuiteRun> {
  const folder = mkdtempSync(join(tmpdir(), "hangar-bench-"));
  const report = join(folder, "report.json");
  const flags = ["run", "--config", fileURLToPath(new URL(config, import.meta.url)), `--maxWorkers=${workers}`];
  try {
    const wall = await run([VITEST, ...flags, "--reporter=json", `--outputFile=${report}`], environment);
    const { numPassedTests, numTotalTests, testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
    if (numPassedTests === 0 || numPassedTests < numTotalTests)
      throw new Error(`${numPassedTests} of ${numTotalTests} tests of ${config} passed.`);
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    return {
      wall,
      passed: numPassedTests,
      durations: (prefix) =>
        tests.filter(({ title }) => title.startsWith(prefix)).map(({ duration }) => duration ?? Number.NaN),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs Node to its end; answers the milliseconds it took. */
export function run(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<number> {
  const started = performance.now();
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => {
      if (code === 0) done(performance.now() - started);
      else fail(new Error(`${words.join(" ")}: exit ${code}\n${said.slice(-4000)}`));
    });
  });
}
