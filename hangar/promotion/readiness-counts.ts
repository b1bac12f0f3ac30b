// What `hangar check` says of an assembly, in figures: as much of it as a run's record keeps.

import type { ReadinessReport } from "../readiness/report.ts";

/** Resource types by how well they are emulated, findings by their level; those that are allowed apart. */
export function readinessCounts({ resources, findings }: ReadinessReport): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { verified: 0, emulated: 0, inert: 0, missing: 0 };
  Object.assign(counts, { errors: 0, warnings: 0, notes: 0, allowed: 0 });
  const add = (name: string): void => void (counts[name] = (counts[name] ?? 0) + 1);
  for (const { state } of resources) add(state);
  for (const { level, allowed } of findings) add(allowed === undefined ? `${level}s` : "allowed");
  return counts;
}

/** Of handlers, routes, event sources and so on: kind -> [used, of all]. Undefined where no suite's use is known. */
export function coverageCounts({
  coverage,
}: ReadinessReport): Readonly<Record<string, readonly [number, number]>> | undefined {
  if (coverage === undefined) return undefined;
  const kinds = Map.groupBy(coverage, ({ kind }) => kind);
  return Object.fromEntries(
    [...kinds].map(([kind, all]) => [kind, [all.filter(({ used }) => used > 0).length, all.length] as const]),
  );
}
