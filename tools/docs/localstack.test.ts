// docs/localstack.md is about the suite that there is.

import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import type { RunRecord } from "../../hangar/promotion/run-record.ts";
import { root, textOf } from "../architecture/house.ts";
import { LOCALSTACK_PAGE, rowsOf, titlesIn, withLocalStackRun } from "./localstack.ts";

const rows = rowsOf(textOf(LOCALSTACK_PAGE));
const files = globSync("*.test.ts", { cwd: join(root, "e2e") })
  .map((file) => basename(file))
  .toSorted();

test("every file of the suite is in the table", () => {
  expect([...new Set(rows.map(({ file }) => file))].toSorted()).toEqual(files);
});

test.each(files)("%s: the table has its tests, by their names, and no other", (file) => {
  const titles = titlesIn(file);
  const names = rows.filter((row) => row.file === file).map((row) => row.test);
  expect(titles.length).toBeGreaterThan(0);
  expect(titles.filter(({ names: fits }) => !names.some((name) => fits.test(name))).map(({ title }) => title)).toEqual(
    [],
  );
  expect(names.filter((name) => !titles.some(({ names: fits }) => fits.test(name)))).toEqual([]);
});

test("a skip without a reason is no row", () => {
  const each = [{ file: "e2e/a.test.ts", name: "t", state: "skipped" }];
  const run = { tests: { passed: 0, failed: 0, skipped: {}, each }, versions: {} } as unknown as RunRecord;
  expect(() => withLocalStackRun("", run)).toThrow("e2e/a.test.ts > t was skipped without a reason.");
});

test("what a run says stands between the page's marks", () => {
  const each = [
    { file: "e2e/b.test.ts", name: "x | y", state: "passed" },
    { file: "e2e/a.test.ts", name: "t", state: "skipped", reason: "no IAM" },
  ];
  const run = {
    tests: { passed: 1, failed: 0, skipped: {}, each },
    versions: { "aws-cdk-lib": "2" },
  } as unknown as RunRecord;
  const page = withLocalStackRun("before\n<!-- run -->old<!-- /run -->\nafter\n", run);
  expect(rowsOf(page)).toEqual([
    { file: "a.test.ts", test: "t" },
    { file: "b.test.ts", test: "x | y" },
  ]);
  expect(page).toMatch(/^before\n<!-- run -->\n1 of 2 tests pass[^]*skipped: no IAM[^]*<!-- \/run -->\nafter\n$/);
});
