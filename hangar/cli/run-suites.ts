// Runs the app's suites with vitest on a target that it is deployed to, and says how each test ended.

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { VERSION } from "../cloud/version.ts";
import { beginRecording } from "../comparison/recording.ts";
import { counted, NO_TESTS, type TestResult, type TestResults } from "../promotion/test-results.ts";
import type { SuiteConfig } from "../targets/config.ts";
import { reasonLacking } from "../targets/lacking.ts";
import type { DeployedTarget } from "../targets/target.ts";
import { UsageError } from "./command.ts";
import { runProgram } from "./run-program.ts";
import { resultsBeside, targetFile, writeTargetFile } from "./target-file.ts";

export type SuiteRun = {
  /** vitest's configuration; e2e/vitest.config.ts when absent. */
  readonly config: string | undefined;
  /** All tests when absent. */
  readonly suite: SuiteConfig | undefined;
  /** Words for vitest. */
  readonly more: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder to record each test's calls in; none when absent. */
  readonly record?: string | undefined;
  /** What the suites say goes to standard error. */
  readonly aside?: boolean | undefined;
};

export type SuitesEnded = { readonly code: number; readonly tests: TestResults };

/** vitest learns of the target from HANGAR_TARGET_FILE. */
export async function runSuites(target: DeployedTarget, run: SuiteRun): Promise<SuitesEnded> {
  const config = run.config ?? "e2e/vitest.config.ts";
  if (!existsSync(config)) throw new UsageError(`There is no ${config}. Give --config FILE.`);
  const report = resolve(".hangar", "reports", target.name === "embedded" ? "e2e.json" : `e2e-${target.name}.json`);
  const results = resultsBeside(targetFile(target));
  mkdirSync(dirname(report), { recursive: true });
  for (const old of [report, results]) rmSync(old, { force: true });
  const { files = [], tag } = run.suite ?? {};
  const part = [...(tag === undefined ? [] : [`--tags-filter=${tag}`]), ...files, ...run.more];
  const record = run.record === undefined ? undefined : resolve(run.record);
  if (record !== undefined) beginRecording(record, { target: target.name, hangar: VERSION, config, flags: part });
  const flags = [
    "run",
    "--config",
    config,
    "--reporter=verbose",
    "--reporter=json",
    `--outputFile.json=${report}`,
    // On one world for all, a file's tests may not meet another's.
    ...(reasonLacking(target.name, "forks") === undefined ? [] : ["--no-file-parallelism"]),
    ...part,
  ];
  const variables = { ...run.environment, ...writeTargetFile({ ...target, record }) };
  const stdio = run.aside === true ? (["inherit", 2, 2] as const) : "inherit";
  const code = await runProgram(process.execPath, [vitestPath(), ...flags], variables, stdio);
  return { code, tests: resultsIn(results) };
}

/** None where the run ended before its tests did. */
function resultsIn(path: string): TestResults {
  if (!existsSync(path)) return NO_TESTS;
  const each = JSON.parse(readFileSync(path, "utf8")) as readonly TestResult[];
  return counted(each.map((test) => ({ ...test, file: relative(process.cwd(), test.file).replaceAll("\\", "/") })));
}

function vitestPath(): string {
  const require = createRequire(join(process.cwd(), "package.json"));
  try {
    return join(dirname(require.resolve("vitest/package.json")), "vitest.mjs");
  } catch {
    throw new Error("The suites run with vitest, which is not installed here: npm install --save-dev vitest");
  }
}
