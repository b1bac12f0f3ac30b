// What a run's tests came to: each test, and how many passed, failed and were skipped for which reason.

export type TestResult = {
  readonly file: string;
  /** Of a file that could not be loaded, why. */
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

export function counted(each: readonly TestResult[]): TestResults {
  const skipped: Record<string, number> = {};
  for (const { state, reason = "no reason given" } of each)
    if (state === "skipped") skipped[reason] = (skipped[reason] ?? 0) + 1;
  const count = (state: TestResult["state"]): number => each.filter((test) => test.state === state).length;
  return { passed: count("passed"), failed: count("failed"), skipped, each };
}

export const NO_TESTS: TestResults = counted([]);
