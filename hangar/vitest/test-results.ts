// How each test of this run ended, left for `hangar test`: vitest's own report says neither why one was skipped nor lies where it was asked to, if the configuration says otherwise.

import { writeFileSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { testResultsFile } from "../cli/target-file.ts";
import type { TestResult } from "../promotion/test-results.ts";

type Result = {
  readonly state?: string;
  readonly duration?: number | undefined;
  readonly errors?: readonly { readonly message?: string }[] | undefined;
  /** Why it was skipped. */
  readonly note?: string | undefined;
};

type Task = { readonly name: string; readonly tasks?: readonly Task[]; readonly result?: object | undefined };

export function writeTestResults({ vitest }: TestProject): void {
  const path = testResultsFile();
  if (path === undefined) return;
  const results = vitest.state.getFiles().flatMap(({ filepath, tasks, result }) => {
    const each = tasks.flatMap((task) => resultsIn(filepath, [], task));
    // A file that could not be loaded has no tests to fail.
    const whole: TestResult = { file: filepath, name: firstErrorOf(result), state: "failed" };
    return result?.state === "fail" && each.every(({ state }) => state !== "failed") ? [...each, whole] : each;
  });
  writeFileSync(path, JSON.stringify(results));
}

function resultsIn(file: string, above: readonly string[], { name, tasks, result = {} }: Task): readonly TestResult[] {
  const names = [...above, name];
  if (tasks !== undefined) return tasks.flatMap((each) => resultsIn(file, names, each));
  const { state, duration, note }: Result = result;
  return [
    {
      file,
      name: names.join(" > "),
      state: state === "pass" ? "passed" : state === "fail" ? "failed" : "skipped",
      ...(duration === undefined ? {} : { milliseconds: Math.round(duration) }),
      ...(note === undefined ? {} : { reason: note }),
    },
  ];
}

function firstErrorOf(result: Result | undefined): string {
  return (result?.errors?.[0]?.message ?? "").split("\n")[0] ?? "";
}
