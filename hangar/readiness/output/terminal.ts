// A readiness report as lines for a terminal.

import type { ReadinessReport } from "../report.ts";
import { groupsOf, type Group } from "./groups.ts";
import { sentenceOf, STATES, totalsOf, usedOf } from "./totals.ts";

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
    ...usedLines(report),
    ...(all ? ["", ...tableOf(report)] : []),
    ...groupsOf(report.findings).flatMap((group) => ["", ...linesOf(group, all)]),
    "",
    `${sentenceOf(totals)}.`,
  ].map((line) => line.trimEnd());
}

function usedLines(report: ReadinessReport): string[] {
  const used = usedOf(report);
  return used.length === 0 ? [] : ["", `used by the last suite: ${used.join(", ")}`];
}

function linesOf({ rule, level, message, help, allowed, instead, where }: Group, all: boolean): string[] {
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
    ...(instead === undefined || allowed !== undefined ? [] : insteadLines(instead, all)),
  ];
}

function insteadLines({ json, cdk }: NonNullable<Group["instead"]>, all: boolean): string[] {
  if (!all) return ["         What suffices: --all"];
  return [cdk, JSON.stringify(json, null, 2)].flatMap((text) =>
    text === undefined ? [] : ["", ...text.split("\n").map((line) => `           ${line}`)],
  );
}

function tableOf({ resources, properties, operations = [], coverage = [] }: ReadinessReport): string[] {
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
    ...coverage.map(
      ({ kind, name, used }) => `${kind.padEnd(13)} ${used === 0 ? "never used" : `used ${used} times`}: ${name}`,
    ),
  ];
}
