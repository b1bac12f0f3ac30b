// What a run's tests came to, from the report that vitest writes and the reasons that skipped tests gave.

import { readFileSync } from "node:fs";
import { relative } from "node:path";

export type TestResult = {
  readonly file: string;
  readonly name: string;
  readonly state: "passed" | "failed" | "skipped";
  readonly milliseconds?: number;
  /** Of a skipped test, where it gave one. */
  readonly reason?: string;
};

export type TestResults = {
  readonly passed: number;
  readonly failed: number;
  /** Reason -> how many. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly each: readonly TestResult[];
};

type Report = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly duration?: number;
    }[];
  }[];
};

/** File and names of a skipped test -> its reason. */
export type SkipReasons = Readonly<Record<string, string>>;

export function testKey(file: string, names: readonly string[]): string {
  return [file, ...names.filter((name) => name !== "")].join(" > ");
}

/** Undefined where the run ended before vitest wrote a report. */
export function testResults(project: string, reportFile: string, reasons: SkipReasons): TestResults | undefined {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(reportFile, "utf8")) as Report;
  } catch {
    return undefined;
  }
  const each = report.testResults.flatMap(({ name: path, status, message, assertionResults }) => {
    const file = relative(project, path).replaceAll("\\", "/");
    const results = assertionResults.map(({ ancestorTitles, title, status: state, duration }): TestResult => {
      const reason = reasons[testKey(path, [...ancestorTitles, title])];
      return {
        file,
        name: testKey("", [...ancestorTitles, title]).slice(" > ".length),
        state: state === "passed" || state === "failed" ? state : "skipped",
        ...(duration === undefined ? {} : { milliseconds: Math.round(duration) }),
        ...(reason === undefined ? {} : { reason }),
      };
    });
    // A file that could not be loaded has no tests to fail.
    const whole: TestResult = { file, name: message.split("\n")[0] ?? "", state: "failed" };
    return status === "failed" && results.every(({ state }) => state !== "failed") ? [...results, whole] : results;
  });
  const skipped: Record<string, number> = {};
  for (const { state, reason = "no reason given" } of each)
    if (state === "skipped") skipped[reason] = (skipped[reason] ?? 0) + 1;
  const count = (state: TestResult["state"]): number => each.filter((test) => test.state === state).length;
  return { passed: count("passed"), failed: count("failed"), skipped, each };
}

export const NO_TESTS: TestResults = { passed: 0, failed: 0, skipped: {}, each: [] };
