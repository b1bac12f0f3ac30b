// A readiness report as Markdown, for a pull request.

import type { ReadinessReport } from "../report.ts";
import { groupsOf, type Group } from "./groups.ts";
import { sentenceOf, STATES, totalsOf, usedOf } from "./totals.ts";

const SHOWN = 10;

export function markdownOf(report: ReadinessReport): string {
  const totals = totalsOf(report);
  const used = usedOf(report);
  const groups = groupsOf(report.findings);
  const open = groups.filter(({ allowed }) => allowed === undefined);
  const grave = open.filter(({ level }) => level !== "note");
  return [
    `### hangar check: ${sentenceOf(totals)}`,
    "",
    `| ${report.stacks.map(escaped).join(", ")} | ${STATES.join(" | ")} |`,
    `|---|${STATES.map(() => "---:|").join("")}`,
    ...totals.rows.map(({ what, counts }) => `| ${what} | ${STATES.map((state) => counts[state]).join(" | ")} |`),
    "",
    ...(used.length === 0 ? [] : [`Used by the last suite: ${used.join(", ")}.`, ""]),
    ...(grave.length === 0 ? [] : [...grave.flatMap(itemOf), ""]),
    ...folded(
      "Notes",
      open.filter(({ level }) => level === "note"),
    ),
    ...folded(
      "Allowed",
      groups.filter(({ allowed }) => allowed !== undefined),
    ),
  ].join("\n");
}

function itemOf({ rule, level, message, help, allowed, instead, where }: Group): string[] {
  const shown = where.slice(0, SHOWN).map((each) => `\`${each}\``);
  const rest = where.length - shown.length;
  const said = allowed === undefined ? help : `Until ${allowed.until}: ${allowed.reason}`;
  return [
    `- **${level}** \`${rule}\`: ${escaped(message)}`,
    `  ${shown.join(", ")}${rest === 0 ? "" : ` and ${rest} more`}`,
    ...(said === undefined ? [] : [`  ${escaped(said)}`]),
    ...(instead === undefined || allowed !== undefined ? [] : insteadOf(instead)),
  ];
}

function insteadOf({ json, cdk }: NonNullable<Group["instead"]>): string[] {
  return [
    "",
    "  <details><summary>What suffices</summary>",
    "",
    ...fenced("json", JSON.stringify(json, null, 2)),
    ...(cdk === undefined ? [] : fenced("ts", cdk)),
    "  </details>",
    "",
  ];
}

/** The fence is longer than any in the text. */
function fenced(language: string, text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...text.split("\n"), fence, ""].map((line) => `  ${line}`.trimEnd());
}

function folded(title: string, groups: readonly Group[]): string[] {
  if (groups.length === 0) return [];
  return [
    `<details><summary>${title} (${groups.length})</summary>`,
    "",
    ...groups.flatMap(itemOf),
    "",
    "</details>",
    "",
  ];
}

/** What a template says must not become markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#~@]/g, "\\$&").replace(/\s+/g, " ");
}
