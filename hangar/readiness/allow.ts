// What hangar.config.ts allows: findings stay in the report with the reason, and no longer fail it.

import type { Allowance } from "../targets/config.ts";
import type { Finding, ReportedFinding } from "./finding.ts";

/** The findings with those that are allowed marked, and one more for each allowance that has expired or is good for nothing. */
export function allow(
  findings: readonly ReportedFinding[],
  allowances: readonly Allowance[],
  now: number,
): readonly ReportedFinding[] {
  const used = new Set<Allowance>();
  const marked = findings.map((finding) => {
    const fitting = allowances.filter((each) => fits(each, finding));
    for (const each of fitting) used.add(each);
    const holding = fitting.find((each) => !expired(each, now));
    return holding === undefined ? finding : { ...finding, allowed: { reason: holding.reason, until: holding.until } };
  });
  return [...marked, ...allowances.flatMap((each) => aboutAllowance(each, used.has(each), now))];
}

function aboutAllowance(allowance: Allowance, used: boolean, now: number): Finding[] {
  const named = `The allowance of ${allowance.rule} for ${allowance.subject}`;
  const about = { stack: "hangar.config.ts" };
  if (!used)
    return [
      {
        ...about,
        rule: "unused-allowance",
        level: "note",
        message: `${named} allows nothing that was found.`,
        help: "Take it out of hangar.config.ts.",
      },
    ];
  if (!expired(allowance, now)) return [];
  return [
    {
      ...about,
      rule: "expired-allowance",
      level: "error",
      message: `${named} ended with ${allowance.until}.`,
      help: `Mend what it allowed, or give it a new date. Its reason was: ${allowance.reason}`,
    },
  ];
}

/** It holds through its last day, wherever on Earth that day is. */
function expired({ until }: Allowance, now: number): boolean {
  return now >= Date.parse(`${until}T12:00:00Z`) + 24 * 3_600_000;
}

function fits({ rule, subject }: Allowance, finding: ReportedFinding): boolean {
  if (rule !== finding.rule) return false;
  const parts = subject.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
  const pattern = new RegExp(`^${parts.join(".*")}$`, "s");
  return subjectsOf(finding).some((each) => pattern.test(each));
}

/** All names a finding goes by. */
function subjectsOf({ stack, logicalId, property, path, type }: ReportedFinding): readonly string[] {
  const resources = [stack, type, path, logicalId && `${stack}/${logicalId}`].filter((each) => each !== undefined);
  return property === undefined
    ? resources
    : [...resources, property, ...resources.flatMap((each) => [`${each}.${property}`, `${each} ${property}`])];
}
