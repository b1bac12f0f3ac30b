// Findings as people read them: one entry for a fault, with all it was found in.

import type { Level, ReportedFinding } from "../finding.ts";

export type Group = {
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
  readonly help: string | undefined;
  readonly allowed: ReportedFinding["allowed"];
  readonly instead: ReportedFinding["instead"];
  /** Construct paths, or the stack's name. */
  readonly where: readonly string[];
};

const ORDER: readonly Level[] = ["error", "warning", "note"];

/** The gravest first, what is allowed last. */
export function groupsOf(findings: readonly ReportedFinding[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const { rule, level, message, help, allowed, instead } = finding;
    const key = JSON.stringify([rule, level, message, help, allowed, instead]);
    const before = groups.get(key)?.where ?? [];
    const where = [...new Set([...before, placeOf(finding)])];
    groups.set(key, { rule, level, message, help, allowed, instead, where });
  }
  const rank = ({ level, allowed }: Group): number => (allowed === undefined ? ORDER.indexOf(level) : ORDER.length);
  return [...groups.values()].toSorted((a, b) => rank(a) - rank(b));
}

function placeOf({ stack, path, logicalId }: ReportedFinding): string {
  if (path === undefined) return logicalId === undefined ? stack : `${stack}/${logicalId}`;
  // Without the CDK's metadata the path is the logical id alone.
  return path === logicalId ? `${stack}/${path}` : path;
}
