// The records of one assembly side by side, a column a target; then what was skipped on each, and why.

import type { RunRecord } from "../../hangar/promotion/run-record.ts";

type Row = readonly [string, (run: RunRecord) => string];

/** `records` in the order of their columns; a run that began before `since` is marked. */
export function recordsTable(records: readonly (RunRecord | undefined)[], since: string): string {
  const rows: readonly Row[] = [
    ["", ({ place }) => place.target],
    ["assembly", (run) => run.assembly.slice(0, 12)],
    ["result", ({ result, startedAt }) => `${result}${startedAt < since ? " (earlier)" : ""}`],
    ["account", ({ place }) => place.account],
    ["region", ({ place }) => place.region],
    ["suite", ({ suite }) => suite],
    ["passed", ({ tests }) => String(tests.passed)],
    ["failed", ({ tests }) => String(tests.failed)],
    ["skipped", ({ tests }) => String(Object.values(tests.skipped).reduce((sum, each) => sum + each, 0))],
    ["stands on", ({ after = [] }) => after.map(({ place }) => place.target).join(", ") || "-"],
    ...countRows(records, "used", ({ coverage }) => coverage),
    ...countRows(records, "check", ({ readiness }) => readiness),
    ["commit", ({ source }) => (source.commit === undefined ? "none" : commitOf(source.commit, source.dirty))],
    ["hangar", ({ versions }) => versions["hangar"] ?? "-"],
    ["started", ({ startedAt }) => startedAt.slice(0, 19)],
    ["seconds", ({ seconds }) => String(seconds)],
  ];
  const cells = rows.map(([name, value]) => [name, ...records.map((run) => (run === undefined ? "-" : value(run)))]);
  const widths = [0, ...records.keys()].map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [...lines, ...records.flatMap((run) => (run === undefined ? [] : skippedOn(run)))].join("\n");
}

type Counts = Readonly<Record<string, number | readonly [number, number]>>;

/** A row for each count that any of the records has. */
function countRows(
  records: readonly (RunRecord | undefined)[],
  of: string,
  counts: (run: RunRecord) => Counts | undefined,
): readonly Row[] {
  const names = new Set(records.flatMap((run) => (run === undefined ? [] : Object.keys(counts(run) ?? {}))));
  return [...names].map((name) => [
    `${of}: ${name}`,
    (run) => {
      const count = counts(run)?.[name];
      return count === undefined ? "-" : typeof count === "number" ? String(count) : count.join(" of ");
    },
  ]);
}

function skippedOn({ place, tests }: RunRecord): readonly string[] {
  return Object.entries(tests.skipped).map(([reason, count]) => `skipped on ${place.target}: ${count}, ${reason}`);
}

function commitOf(commit: string, dirty: boolean): string {
  return commit.slice(0, 7) + (dirty ? " + changes" : "");
}
