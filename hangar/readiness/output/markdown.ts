// A readiness report as Markdown, for a pull request.

import type { ReadinessReport } from "../report.ts";
import { groupsOf, type Group } from "./groups.ts";
import { sentenceOf, STATES, totalsOf } from "./totals.ts";

const SHOWN = 10;

export function markdownOf(report: ReadinessReport): string {
  const totals = totalsOf(report);
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

function itemOf({ rule, level, message, help, allowed, where }: Group): string[] {
  const shown = where.slice(0, SHOWN).map((each) => `\`${each}\``);
  const rest = where.length - shown.length;
  const said = allowed === undefined ? help : `Until ${allowed.until}: ${allowed.reason}`;
  return [
    `- **${level}** \`${rule}\`: ${escaped(message)}`,
    `  ${shown.join(", ")}${rest === 0 ? "" : ` and ${rest} more`}`,
    ...(said === undefined ? [] : [`  ${escaped(said)}`]),
  ];
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
