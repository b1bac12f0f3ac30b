// How much of an assembly is emulated how well: the numbers above every report.

import type { ReadinessReport, State } from "../report.ts";

export const STATES: readonly State[] = ["verified", "emulated", "inert", "missing"];

export type Totals = {
  /** Resource types, properties of types, operations: how many of each state. */
  readonly rows: readonly { readonly what: string; readonly counts: Readonly<Record<State, number>> }[];
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly allowed: number;
};

export function totalsOf({ resources, properties, operations, findings }: ReadinessReport): Totals {
  const open = findings.filter(({ allowed }) => allowed === undefined);
  const count = (level: string): number => open.filter((each) => each.level === level).length;
  return {
    rows: [
      { what: "resource types", counts: countStates(resources) },
      { what: "properties", counts: countStates(properties) },
      ...(operations === undefined ? [] : [{ what: "operations called", counts: countStates(operations) }]),
    ],
    errors: count("error"),
    warnings: count("warning"),
    notes: count("note"),
    allowed: findings.length - open.length,
  };
}

function countStates(all: readonly { readonly state: State }[]): Readonly<Record<State, number>> {
  const counts = { verified: 0, emulated: 0, inert: 0, missing: 0 };
  for (const { state } of all) counts[state] += 1;
  return counts;
}

/** `2 errors, 1 warning`; what there is none of is left out. */
export function sentenceOf({ errors, warnings, notes, allowed }: Totals): string {
  const many = (count: number, word: string): string[] =>
    count === 0 ? [] : [`${count} ${word}${count === 1 ? "" : "s"}`];
  const parts = [...many(errors, "error"), ...many(warnings, "warning"), ...many(notes, "note")];
  const said = parts.length === 0 ? "nothing found" : parts.join(", ");
  return allowed === 0 ? said : `${said}, ${allowed} allowed`;
}

/** What of each kind the last suite used: "handlers 8 of 9"; none where none has run. */
export function usedOf({ coverage = [] }: ReadinessReport): readonly string[] {
  const kinds = Map.groupBy(coverage, ({ kind }) => kind);
  return [...kinds].map(([kind, all]) => `${kind}s ${all.filter(({ used }) => used > 0).length} of ${all.length}`);
}
