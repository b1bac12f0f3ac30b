// Whether an assembly may go on: which runs it stands on, and what speaks against it.

import { ALL, samePlace, type Place, type RunRecord } from "./run-record.ts";

/** A run that must have passed before. */
export type Wanted = {
  /** For people: "the stage staging". */
  readonly name: string;
  readonly suite: string;
  at(place: Place): boolean;
};

export const EMBEDDED: Wanted = {
  name: "the embedded target",
  suite: ALL,
  at: ({ target }) => target === "embedded",
};

export type Standing = {
  /** The runs that were wanted, in that order. */
  readonly green: readonly RunRecord[];
  /** A sentence for each thing that is missing. */
  readonly problems: readonly string[];
};

/** `runs` are of one assembly, oldest first. */
export function standing(runs: readonly RunRecord[], wanted: readonly Wanted[]): Standing {
  const found = wanted.map((each) => foundOf(runs, each));
  return { green: found.flatMap((each) => each.green ?? []), problems: found.flatMap((each) => each.problem ?? []) };
}

/** Where no stages say what counts, a failure anywhere does; but not the one where it is to be tried again. */
export function redElsewhere(runs: readonly RunRecord[], to: Place): readonly string[] {
  return latestWhole(runs)
    .filter((run) => run.result === "failed" && run.place.target !== "embedded" && !sameTry(run.place, to))
    .map((run) => `its last run on ${nameOf(run.place)} failed (${run.startedAt})`);
}

function foundOf(
  runs: readonly RunRecord[],
  wanted: Wanted,
): { readonly green?: RunRecord; readonly problem?: string } {
  const there = runs.filter((run) => wanted.at(run.place));
  const suite = wanted.suite === ALL ? "all tests" : `the suite ${wanted.suite}`;
  const whole = there.findLastIndex((run) => isWhole(run) && (run.suite === wanted.suite || run.suite === ALL));
  const run = there[whole];
  if (run === undefined) {
    const part = there.length === 0 ? "" : ": only parts of them have";
    return { problem: `${suite} must have run on ${wanted.name} with this assembly${part}` };
  }
  const red = [run, ...there.slice(whole + 1)].find(({ result }) => result === "failed");
  if (red === undefined) return { green: run };
  const why =
    red.failure === undefined ? `${red.tests.failed} failed, ${red.tests.passed} passed` : firstLine(red.failure);
  return { problem: `its last run on ${wanted.name} failed (${red.startedAt}): ${why}` };
}

/** The last whole run of each place. */
function latestWhole(runs: readonly RunRecord[]): readonly RunRecord[] {
  return runs.filter(
    (run, index) =>
      isWhole(run) && !runs.slice(index + 1).some((later) => isWhole(later) && sameTry(later.place, run.place)),
  );
}

/** A stand-in that is started anew has another port: what failed at one is tried again at the next. */
function sameTry(one: Place, other: Place): boolean {
  const atOwnEndpoint = one.endpoint !== undefined && other.endpoint !== undefined;
  return samePlace(one, atOwnEndpoint ? { ...other, endpoint: one.endpoint } : other);
}

function isWhole({ only }: RunRecord): boolean {
  return only.length === 0;
}

/** A sentence when the sources had changes that no commit names. */
export function dirtyProblem(run: RunRecord): string | undefined {
  return run.source.commit !== undefined && run.source.dirty
    ? `its run on ${nameOf(run.place)} was of uncommitted changes on ${run.source.commit.slice(0, 12)}: commit and run again, or say --allow-dirty`
    : undefined;
}

export function nameOf({ target, account, region, endpoint }: Place): string {
  if (target !== "aws") return target;
  return `aws ${account} ${region}${endpoint === undefined ? "" : ` at ${endpoint}`}`;
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
