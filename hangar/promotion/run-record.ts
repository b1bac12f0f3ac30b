// What is kept of a run of the suites: which assembly, from which sources, where, and how it ended.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TargetName } from "../targets/target.ts";
import type { SourceState } from "./source-state.ts";
import type { TestResults } from "./test-results.ts";

/** Where an assembly ran. */
export type Place = {
  readonly target: TargetName;
  readonly account: string;
  readonly region: string;
  /** Of a stand-in or an endpoint of one's own; absent where AWS's own was called. */
  readonly endpoint?: string | undefined;
};

/** Name of the suite that is all tests. */
export const ALL = "all";

export type RunRecord = {
  readonly assembly: string;
  /** A run without a test that passed has not passed. */
  readonly result: "passed" | "failed";
  /** Why it failed when it was not a test: the deployment, Hangar itself. */
  readonly failure?: string | undefined;
  readonly place: Place;
  /** Of hangar.config.ts, when `hangar promote` came by it. */
  readonly stage?: string | undefined;
  readonly suite: string;
  /** The words that narrowed the run further: what it says of the rest is nothing. */
  readonly only: readonly string[];
  readonly startedAt: string;
  readonly seconds: number;
  readonly source: SourceState;
  /** It was said that uncommitted changes do not matter. */
  readonly allowedDirty: boolean;
  readonly versions: Readonly<Record<string, string>>;
  readonly tests: TestResults;
  /** Of the app, what the suites used: name of a count -> [used, of all]. */
  readonly coverage?: Readonly<Record<string, readonly [number, number]>> | undefined;
  readonly readiness?: Readonly<Record<string, number>> | undefined;
  /** The runs that it was promoted on, first to last. */
  readonly after?: readonly Passed[] | undefined;
};

/** A run, as later ones carry it along. */
export type Passed = Pick<RunRecord, "place" | "stage" | "suite" | "startedAt">;

type RunFile = { readonly version: 1; readonly assembly: string; readonly runs: readonly RunRecord[] };

export function runFile(project: string, assembly: string): string {
  return join(project, ".hangar", "runs", `${assembly}.json`);
}

/** Of one assembly, oldest first; none where it never ran. */
export function readRuns(project: string, assembly: string): readonly RunRecord[] {
  const file = runFile(project, assembly);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const { version, assembly: named, runs } = JSON.parse(text) as RunFile;
  if (version !== 1) throw new Error(`${file} is another version's. Run the suites again: hangar test`);
  if (named !== assembly) throw new Error(`${file} is the record of another assembly, ${named}.`);
  return runs;
}

/** In place of the last one of the same suite at the same place, passed or not: what is green now may be red next time. Answers the file. */
export function writeRun(project: string, record: RunRecord): string {
  const others = readRuns(project, record.assembly).filter((run) => !sameRun(run, record));
  const runs: RunFile = { version: 1, assembly: record.assembly, runs: [...others, record] };
  const file = runFile(project, record.assembly);
  mkdirSync(join(project, ".hangar", "runs"), { recursive: true });
  // Whole or not at all: a record cut off in the middle would stop every promotion.
  writeFileSync(`${file}.new`, `${JSON.stringify(runs, null, 2)}\n`);
  renameSync(`${file}.new`, file);
  return file;
}

export function samePlace(one: Place, other: Place): boolean {
  return (
    one.target === other.target &&
    one.account === other.account &&
    one.region === other.region &&
    one.endpoint === other.endpoint
  );
}

function sameRun(one: RunRecord, other: RunRecord): boolean {
  return (
    samePlace(one.place, other.place) &&
    one.stage === other.stage &&
    one.suite === other.suite &&
    JSON.stringify(one.only) === JSON.stringify(other.only)
  );
}
