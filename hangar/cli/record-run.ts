// Leaves the record of a run of the suites in .hangar/runs, where `hangar promote` looks for it.

import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { VERSION } from "../cloud/version.ts";
import { assemblyHash } from "../promotion/assembly-hash.ts";
import { coverageCounts, readinessCounts } from "../promotion/readiness-counts.ts";
import { ALL, runFile, writeRun, type Passed, type Place, type RunRecord } from "../promotion/run-record.ts";
import { sourceState } from "../promotion/source-state.ts";
import { NO_TESTS } from "../promotion/test-results.ts";
import { readiness } from "../readiness/report.ts";
import { readUsage } from "../readiness/usage.ts";
import type { HangarConfig, SuiteConfig } from "../targets/config.ts";
import type { Target } from "../targets/target.ts";
import { flag, sayAside, text, UsageError, type Words } from "./command.ts";
import { projectConfig } from "./configured.ts";
import type { SuiteRun, SuitesEnded } from "./run-suites.ts";

export type PlannedRun = {
  readonly assembly: string;
  /** Where it lies. */
  readonly folder: string;
  readonly place: Place;
  readonly stage?: string | undefined;
  readonly after?: readonly Passed[] | undefined;
  readonly suite: string;
  /** The words that leave tests out, those of a suite aside. */
  readonly narrowing: readonly string[];
  readonly allowedDirty: boolean;
  readonly started: Date;
  /** For runSuites. */
  readonly suites: Omit<SuiteRun, "environment">;
};

type Ended = SuitesEnded & { readonly failure?: string };

/** Before the app is deployed: the hash is that of the folder as it is now. */
export async function plannedRun(
  words: Words,
  {
    assembly,
    place,
    stage,
    after,
  }: Pick<PlannedRun, "place" | "stage" | "after"> & {
    /** Its folder. */
    readonly assembly: string;
  },
): Promise<PlannedRun> {
  const named = text(words, "suite");
  const more = [...words.rest, ...words.raw];
  return {
    assembly: assemblyHash(assembly),
    folder: assembly,
    place,
    stage,
    after,
    suite: named ?? ALL,
    narrowing: more.filter((word) => !LOOKS_ONLY.test(word)),
    allowedDirty: flag(words, "allow-dirty"),
    started: new Date(),
    suites: {
      config: text(words, "config"),
      suite: suiteNamed(await projectConfig(), named),
      record: text(words, "record"),
      more,
    },
  };
}

/** The words that make it a part of the tests; none when all run. */
export function partOf({ suite, narrowing }: PlannedRun): readonly string[] {
  return [...(suite === ALL ? [] : ["--suite", suite]), ...narrowing];
}

/** Answers the run's exit code. What it throws is recorded too, once it has `begun` to change anything. */
export async function recorded(
  planned: PlannedRun,
  run: () => Promise<Ended>,
  begun: () => boolean = () => true,
): Promise<number> {
  let ended: Ended;
  try {
    ended = await run();
  } catch (error) {
    if (begun()) tell(await keep(planned, { code: 1, tests: NO_TESTS, failure: (error as Error).message }));
    throw error;
  }
  tell(await keep(planned, ended));
  return ended.code;
}

export function placeOf({ name, account, region, endpoint }: Target): Place {
  return { target: name, account, region, ...(name === "aws" && endpoint !== undefined ? { endpoint } : {}) };
}

function suiteNamed({ suites = {} }: HangarConfig, name: string | undefined): SuiteConfig | undefined {
  if (name === undefined || name === ALL) return undefined;
  const suite = Object.hasOwn(suites, name) ? suites[name] : undefined;
  if (suite !== undefined) return suite;
  const known = Object.keys(suites).join(", ");
  throw new UsageError(`There is no suite "${name}" in hangar.config.ts${known === "" ? "" : `: ${known}`}.`);
}

async function keep(planned: PlannedRun, { code, tests, failure }: Ended): Promise<RunRecord> {
  const { suites: _, narrowing, started, folder, ...said } = planned;
  const { account, region } = said.place;
  const base = process.cwd();
  // What the suites used is known of the embedded target alone; the file may be an earlier run's.
  const used = said.place.target === "embedded" ? readUsage(base) : undefined;
  const usage = used?.assembly === said.assembly && used.at >= started.toISOString() ? used : undefined;
  const report = await readiness(folder, {
    config: await projectConfig(),
    base,
    now: started.getTime(),
    account,
    region,
    usage,
  });
  const record: RunRecord = {
    ...said,
    only: narrowing,
    result: code === 0 && tests.failed === 0 && tests.passed > 0 ? "passed" : "failed",
    failure,
    startedAt: started.toISOString(),
    seconds: Math.round((Date.now() - started.getTime()) / 100) / 10,
    source: sourceState(process.cwd()),
    versions: versions(),
    tests,
    readiness: readinessCounts(report),
    coverage: coverageCounts(report),
  };
  writeRun(process.cwd(), record);
  return record;
}

function tell({ assembly, result, suite, only, source }: RunRecord): void {
  const what = [
    ...(suite === ALL ? [] : [`the suite ${suite} alone`]),
    ...(only.length === 0 ? [] : [`only ${only.join(" ")}`]),
    ...(source.commit === undefined ? [`no commit: ${source.why}`] : source.dirty ? ["with uncommitted changes"] : []),
  ];
  const more = what.length === 0 ? "" : ` (${what.join("; ")})`;
  sayAside(`Recorded as ${result}${more}: ${relative(process.cwd(), runFile(process.cwd(), assembly))}`);
}

/** Words for vitest that change how a run looks or how fast it is, not which tests it has. */
const LOOKS_ONLY =
  /^--(?:(?:reporter|outputFile|outputFile\.\w+|maxWorkers|testTimeout|hookTimeout|slowTestThreshold|logHeapUsage|silent|color)(?:=|$)|no-(?:color|file-parallelism|silent)$)/;

function versions(): Record<string, string> {
  const require = createRequire(join(process.cwd(), "package.json"));
  const installed = ["aws-cdk-lib", "aws-cdk", "vitest"].flatMap((name) => {
    try {
      return [[name, (require(`${name}/package.json`) as { readonly version: string }).version] as const];
    } catch {
      return [];
    }
  });
  return { hangar: VERSION, node: process.versions.node, ...Object.fromEntries(installed) };
}
