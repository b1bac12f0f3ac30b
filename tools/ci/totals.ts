// Adds up the reports the suites left in .hangar/reports and prints `N passed, N failed`; the last line of .ci/run.

import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";

type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numPendingTests: number;
};

/** Suites that must have run; one without a report never got that far. */
const expected = ["unit.json", "examples.json", "e2e.json"];
const folder = ".hangar/reports";
const statusOfChecks = Number(process.argv[2] ?? "0");

let passed = 0;
let failed = 0;
for (const file of globSync(`${folder}/*.json`).toSorted()) {
  const report = JSON.parse(readFileSync(file, "utf8")) as Report;
  // A file that does not load has failed without a failed test.
  const failures = report.numFailedTests > 0 ? report.numFailedTests : report.numFailedTestSuites;
  console.log(
    `${basename(file, ".json")}: ${report.numPassedTests} passed, ${failures} failed, ${report.numPendingTests} skipped`,
  );
  passed += report.numPassedTests;
  failed += failures;
}
for (const file of expected) {
  if (existsSync(`${folder}/${file}`)) continue;
  console.log(`${basename(file, ".json")}: did not run`);
  failed += 1;
}
if (failed === 0 && statusOfChecks !== 0) {
  console.log("A check other than a suite failed; see above.");
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed`);
