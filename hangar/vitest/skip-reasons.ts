// Why tests of this run were skipped, left for `hangar test`: vitest's own report does not say it.

import { writeFileSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { skipReasonsFile } from "../cli/target-file.ts";
import { testKey, type SkipReasons } from "../promotion/suite-report.ts";

type Task = {
  readonly name: string;
  readonly tasks?: readonly Task[];
  readonly result?: object | undefined;
};

export function writeSkipReasons({ vitest }: TestProject): void {
  const file = skipReasonsFile();
  if (file === undefined) return;
  const reasons = vitest.state
    .getFiles()
    .flatMap(({ filepath, tasks }) => tasks.flatMap((task) => reasonsIn(filepath, [], task)));
  writeFileSync(file, JSON.stringify(Object.fromEntries(reasons) satisfies SkipReasons));
}

function reasonsIn(path: string, above: readonly string[], task: Task): readonly (readonly [string, string])[] {
  const names = [...above, task.name];
  const { note } = (task.result ?? {}) as { readonly note?: string };
  return [
    ...(note === undefined ? [] : [[testKey(path, names), note] as const]),
    ...(task.tasks ?? []).flatMap((each) => reasonsIn(path, names, each)),
  ];
}
