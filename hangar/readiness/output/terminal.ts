// A readiness report as lines for a terminal.

import type { ReadinessReport } from "../report.ts";
import { groupsOf, type Group } from "./groups.ts";
import { sentenceOf, STATES, totalsOf } from "./totals.ts";

const SHOWN = 5;

export type TerminalOptions = {
  /** All places and all types, not only the first few. */
  readonly all: boolean;
};

export function terminalLines(report: ReadinessReport, { all }: TerminalOptions): string[] {
  const totals = totalsOf(report);
  const count = report.resources.reduce((sum, each) => sum + each.count, 0);
  return [
    `${report.stacks.join(", ")}: ${count} resources`,
    "",
    ["", ...STATES].map((word, index) => word.padEnd(index === 0 ? 19 : 10)).join(" "),
    ...totals.rows.map(({ what, counts }) =>
      [what.padEnd(19), ...STATES.map((state) => String(counts[state]).padEnd(10))].join(" ").trimEnd(),
    ),
    ...(all ? ["", ...tableOf(report)] : []),
    ...groupsOf(report.findings).flatMap((group) => ["", ...linesOf(group, all)]),
    "",
    `${sentenceOf(totals)}.`,
  ].map((line) => line.trimEnd());
}

function linesOf({ rule, level, message, help, allowed, where }: Group, all: boolean): string[] {
  const shown = all ? where : where.slice(0, SHOWN);
  const rest = where.length - shown.length;
  return [
    `${(allowed === undefined ? level : "allowed").padEnd(8)} ${rule}: ${message}`,
    ...shown.map((each) => `           ${each}`),
    ...(rest === 0 ? [] : [`           and ${rest} more (--all)`]),
    ...(allowed === undefined
      ? help === undefined
        ? []
        : [`         ${help}`]
      : [`         until ${allowed.until}: ${allowed.reason}`]),
  ];
}

function tableOf({ resources, properties, operations = [] }: ReadinessReport): string[] {
  const width = Math.max(0, ...resources.map(({ type }) => type.length));
  return [
    ...resources.flatMap(({ type, count, state }) => [
      `${type.padEnd(width)}  ${String(count).padStart(4)}  ${state}`,
      ...properties
        .filter((each) => each.type === type && (each.state === "inert" || each.state === "missing"))
        .map((each) => `  .${each.property.padEnd(width - 3)}  ${String(each.count).padStart(4)}  ${each.state}`),
    ]),
    ...operations.map(
      ({ operation, calls, state }) => `${operation.padEnd(width)}  ${String(calls).padStart(4)}  ${state}`,
    ),
  ];
}
