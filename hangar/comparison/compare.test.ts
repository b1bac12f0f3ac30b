// What counts as a difference between two recordings: a table of cases.

import { expect, test } from "vitest";
import { compareRecordings } from "./compare.ts";
import type { RecordedCall, RecordedTest, Recording } from "./recording.ts";
import { comparisonText } from "./report.ts";

type Call = Partial<RecordedCall>;

function recording(calls: readonly Call[], outcome: RecordedTest["outcome"] = "pass"): Recording {
  const whole = calls.map((each, at) => ({ call: at + 1, service: "s3", operation: "GetObject", input: {}, ...each }));
  const tests = new Map([["a.test.ts > t", { test: ["a.test.ts", "t"], outcome, calls: whole }]]);
  return { format: 1, target: "aws", hangar: "0", config: "", flags: [], tests };
}

const item = (id: number, title: string): object => ({ id: `<id:${id}>`, title });
const scan = { service: "dynamodb", operation: "Scan" };
const put = { operation: "PutObject", input: { Body: "user-<Opaque:1>" } };

test.each<[string, readonly Call[], readonly Call[], readonly string[]]>([
  ["the same", [{ output: { a: 1 } }], [{ output: { a: 1 } }], []],
  ["another value", [{ output: { a: 1 } }], [{ output: { a: 2 } }], ["output.a: 1 was recorded, ours is 2"]],
  [
    "another status",
    [{ output: {}, status: 200 }],
    [{ output: {}, status: 204 }],
    ["status: 200 was recorded, ours is 204"],
  ],
  ["a member too few", [{ output: { a: 1 } }], [{ output: {} }], ["output.a: 1 was recorded, ours has none"]],
  [
    "an error's message",
    [{ error: { code: "NoSuchKey", message: "No." } }],
    [{ error: { code: "NoSuchKey", message: "Nope." } }],
    ['error.message: "No." was recorded, ours is "Nope."'],
  ],
  [
    "an error for an answer",
    [{ output: {} }],
    [{ error: { code: "X", message: "m" } }],
    [': the call succeeded when recorded, ours failed with {"code":"X","message":"m"}'],
  ],
  [
    "placeholders of other numbers",
    [{ output: { a: "<Id:1>", b: "<Id:1>" } }],
    [{ output: { a: "<Id:4>", b: "<Id:4>" } }],
    [],
  ],
  [
    "one thing that was two",
    [{ output: { a: "<Id:1>", b: "<Id:2>" } }],
    [{ output: { a: "<Id:1>", b: "<Id:1>" } }],
    ["output.b: <Id:1> was for <Id:1>, now it is for <Id:2>"],
  ],
  [
    "two things that were one",
    [{ output: { a: "<Id:1>", b: "<Id:1>" } }],
    [{ output: { a: "<Id:1>", b: "<Id:2>" } }],
    ["output.b: <Id:1> was <Id:1>, now it is <Id:2>"],
  ],
  [
    "a time for none",
    [{ output: { a: "<time>" } }],
    [{ output: { a: "later" } }],
    ['output.a: "<time>" was recorded, ours is "later"'],
  ],
  [
    "a list without an order",
    [{ ...scan, output: { Items: [{ n: 1 }, { n: 2 }] } }],
    [{ ...scan, output: { Items: [{ n: 2 }, { n: 1 }] } }],
    [],
  ],
  [
    "a list with an order",
    [{ output: { Parts: [1, 2] } }],
    [{ output: { Parts: [2, 1] } }],
    ["output.Parts[0]: 1 was recorded, ours is 2", "output.Parts[1]: 2 was recorded, ours is 1"],
  ],
  [
    "an order that ids of chance decide",
    [{ output: { albums: [item(1, "A"), item(2, "B")] } }],
    [{ output: { albums: [item(1, "B"), item(2, "A")] } }],
    [],
  ],
  [
    "what the test made up comes back",
    [{ input: { Body: "red" }, output: { echo: "is red!" } }],
    [{ input: { Body: "blue" }, output: { echo: "is blue!" } }],
    [],
  ],
  [
    "what the test made up does not",
    [{ input: { Body: "red" }, output: { echo: "is red!" } }],
    [{ input: { Body: "blue" }, output: { echo: "is green!" } }],
    ['output.echo: "is red!" was recorded, ours is "is green!"'],
  ],
  [
    "a digest of what is the same",
    [{ output: { ETag: "aa" } }],
    [{ output: { ETag: "bb" } }],
    ['output.ETag: "aa" was recorded, ours is "bb"'],
  ],
  ["a digest of chance", [put, { output: { ETag: "aa" } }], [put, { output: { ETag: "bb" } }], []],
  [
    "a digest of chance that was another before",
    [put, { output: { ETag: "aa" } }, { output: { ETag: "aa" } }],
    [put, { output: { ETag: "bb" } }, { output: { ETag: "cc" } }],
    ['output.ETag: "aa" was recorded, ours is "cc"'],
  ],
  [
    "one more question while waiting",
    [{ output: { n: 1 }, waiting: true }, { output: { n: 2 } }],
    [{ output: { n: 2 } }],
    [],
  ],
  ["polling by hand: the last is compared", [{ output: { n: 1 } }, { output: { n: 2 } }], [{ output: { n: 2 } }], []],
  [
    "a call of another kind",
    [{ operation: "HeadObject" }, { output: {} }],
    [{ output: {} }],
    [": this call was recorded, we have none"],
  ],
])("%s", (_name, recorded, ours, found) => {
  const { differences } = compareRecordings(recording(recorded), recording(ours));
  expect(differences.map(({ path, says }) => `${path}: ${says}`)).toEqual(found);
});

test("an outcome is compared, a skipped test is not", () => {
  const failed = compareRecordings(recording([]), recording([], "fail"));
  expect(comparisonText(failed)).toBe(
    "a.test.ts > t\n  the test's outcome was pass, ours is fail\n\n1 tests and 0 calls compared: 1 difference.",
  );
  const skipped = compareRecordings(recording([{ output: 1 }], "skip"), recording([{ output: 2 }]));
  expect(comparisonText(skipped)).toBe(
    "Not compared:\n  a.test.ts > t: it was skipped when it was recorded\n\n0 tests and 0 calls compared: no difference.",
  );
});

test("the report names test, call and field", () => {
  const found = compareRecordings(recording([{ output: { a: 1 } }]), recording([{ output: { a: 2 } }]));
  expect(comparisonText(found)).toBe(
    "a.test.ts > t\n  call 1, s3:GetObject\n    output.a: 1 was recorded, ours is 2\n\n1 tests and 1 calls compared: 1 difference.",
  );
});
