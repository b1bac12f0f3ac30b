// A difference between snapshots as text.

import { encodeRow } from "../kernel/row-json.ts";
import type { RowChange, SnapshotDiff } from "./snapshot-diff.ts";

const LONGEST = 160;
const SIGNS = { added: "+", removed: "-", changed: "~" } as const;

/** A line a row, below its table, and the members that changed below their row; one sentence when nothing did. */
export function formatSnapshotDiff({ rows, clock }: SnapshotDiff): string {
  if (rows.length === 0 && clock === undefined) return "No difference.";
  const lines: string[] = [];
  if (clock !== undefined) lines.push(`clock: ${timeOf(clock.before)} -> ${timeOf(clock.after)}`);
  let place = "";
  for (const row of rows) {
    const own = [row.service, row.account, row.region, row.table].filter((part) => part !== "").join(" ");
    if (own !== place) lines.push(own);
    place = own;
    lines.push(...linesOf(row));
  }
  return [...lines, countOf(rows)].join("\n");
}

function linesOf({ change, key, row, members = [] }: RowChange): string[] {
  const line = `  ${SIGNS[change]} ${key.replaceAll("\u0000", " / ")}`;
  if (change !== "changed") return [`${line}  ${short(row)}`];
  return [line, ...members.map(({ member, before, after }) => `      ${member}: ${short(before)} -> ${short(after)}`)];
}

function short(value: unknown): string {
  if (value === undefined) return "(none)";
  const text = encodeRow(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}

function countOf(rows: readonly RowChange[]): string {
  const count = (change: RowChange["change"]): string =>
    `${rows.filter((row) => row.change === change).length} ${change}`;
  return `Rows: ${count("added")}, ${count("removed")}, ${count("changed")}.`;
}

function timeOf({ mode, offset, at }: { readonly mode: string; readonly offset: number; readonly at: number }): string {
  return mode === "held" ? `held at ${new Date(at).toISOString()}` : `live, ${offset / 1000} s from the host's`;
}
