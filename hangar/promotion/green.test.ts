// Which records open the way, and which stand in it.

import { expect, test } from "vitest";
import { dirtyProblem, EMBEDDED, redElsewhere, standing, type Wanted } from "./green.ts";
import { ALL, type Place, type RunRecord } from "./run-record.ts";
import { NO_TESTS } from "./test-results.ts";

const HERE: Place = { target: "embedded", account: "000000000000", region: "us-east-1" };
const STAGING: Place = { target: "aws", account: "111122223333", region: "eu-west-1" };
const staging: Wanted = { name: "the stage staging", suite: "smoke", at: ({ account }) => account === STAGING.account };

let minute = 0;
function run(more: Partial<RunRecord> = {}): RunRecord {
  minute += 1;
  return {
    assembly: "a",
    result: "passed",
    place: HERE,
    suite: ALL,
    only: [],
    startedAt: `2026-01-01T00:${String(minute).padStart(2, "0")}:00.000Z`,
    seconds: 1,
    source: { commit: "0123456789abcdef", dirty: false },
    allowedDirty: false,
    versions: {},
    tests: { ...NO_TESTS, passed: 1 },
    ...more,
  };
}
const red = { result: "failed" } as const;

const CASES: readonly (readonly [string, readonly RunRecord[], readonly Wanted[], readonly RegExp[]])[] = [
  ["nothing ran", [], [EMBEDDED], [/^all tests must have run on the embedded target with this assembly$/]],
  ["all tests passed", [run()], [EMBEDDED], []],
  [
    "all tests failed",
    [run(red)],
    [EMBEDDED],
    [/^its last run on the embedded target failed \(.*\): 0 failed, 1 passed$/],
  ],
  ["only parts ran", [run({ only: ["-t", "x"] })], [EMBEDDED], [/: only parts of them have$/]],
  ["only a named suite ran", [run({ suite: "smoke" })], [EMBEDDED], [/: only parts of them have$/]],
  ["a part failed before all passed", [run({ ...red, only: ["-t", "x"] }), run()], [EMBEDDED], []],
  ["a part failed after all passed", [run(), run({ ...red, only: ["-t", "x"] })], [EMBEDDED], [/failed/]],
  ["the stage's suite passed", [run(), run({ place: STAGING, suite: "smoke" })], [EMBEDDED, staging], []],
  ["more than the stage's suite passed", [run(), run({ place: STAGING })], [EMBEDDED, staging], []],
  [
    "another suite passed",
    [run(), run({ place: STAGING, suite: "big" })],
    [EMBEDDED, staging],
    [/^the suite smoke must have run on the stage staging/],
  ],
  [
    "its deployment failed",
    [run(), run({ ...red, place: STAGING, suite: "smoke", failure: "cdk deploy failed\nmore" })],
    [EMBEDDED, staging],
    [/^its last run on the stage staging failed \(.*\): cdk deploy failed$/],
  ],
];

test.for(CASES)("%s", ([, runs, wanted, problems]) => {
  const found = standing(runs, wanted);
  expect(found.problems).toHaveLength(problems.length);
  for (const [index, problem] of problems.entries()) expect(found.problems[index]).toMatch(problem);
  expect(found.green).toHaveLength(wanted.length - problems.length);
});

test("without stages a failure elsewhere counts until that place is green; the one to try again does not", () => {
  const elsewhere = { ...STAGING, account: "444455556666" };
  expect(redElsewhere([run(), run({ ...red, place: STAGING })], STAGING)).toEqual([]);
  expect(redElsewhere([run({ ...red, place: STAGING })], elsewhere)).toEqual([
    expect.stringMatching(/^its last run on aws 111122223333 eu-west-1 failed/),
  ]);
  expect(redElsewhere([run({ ...red, place: STAGING }), run({ place: STAGING })], elsewhere)).toEqual([]);
});

test("a stand-in may be tried again at another port, and says nothing for the account it stands in for", () => {
  const at = (port: number): Place => ({ ...STAGING, endpoint: `https://localhost:${port}` });
  expect(redElsewhere([run({ ...red, place: at(1) })], at(2))).toEqual([]);
  expect(redElsewhere([run({ ...red, place: at(1) }), run({ place: at(2) })], STAGING)).toEqual([]);
  expect(redElsewhere([run({ ...red, place: at(1) }), run({ place: STAGING })], HERE)).toHaveLength(1);
  expect(redElsewhere([run({ ...red, place: STAGING })], at(1))).toHaveLength(1);
});

test("uncommitted changes are a problem; that there is no git is not", () => {
  expect(dirtyProblem(run({ source: { commit: "0123456789abcdef", dirty: true } }))).toBe(
    "its run on embedded was of uncommitted changes on 0123456789ab: commit and run again, or say --allow-dirty",
  );
  expect(dirtyProblem(run())).toBe(undefined);
  expect(dirtyProblem(run({ source: { why: "no git" } }))).toBe(undefined);
});
