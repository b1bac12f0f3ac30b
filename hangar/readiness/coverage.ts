// Which of an app's handlers, routes, hosts and event sources the last suite exercised: used or never used.

import type { Outcomes } from "../cloud/usage-tally.ts";
import { readers } from "./coverage-readers.ts";
import { deployedProperties } from "./deployed-properties.ts";
import type { ReadStack } from "./read-stack.ts";
import { idleProviders } from "./idle-providers.ts";
import { namesIn } from "./resource-names.ts";
import { pathsOf } from "./rest-paths.ts";
import type { SuiteUsage } from "./usage.ts";

export type CoveredKind =
  | "handler"
  | "route"
  | "host"
  | "event source"
  | "subscription"
  | "rule"
  | "schedule"
  | "destination";

export type Covered = {
  readonly kind: CoveredKind;
  readonly stack: string;
  readonly logicalId: string;
  /** A construct's path, a route, or where a source delivers to. */
  readonly name: string;
  /** How often, failures included; 0 is never. */
  readonly used: number;
  readonly failed: number;
};

/** In the order of the templates. What the suite's deployment did not have is left out. */
export function coverageOf(stacks: readonly ReadStack[], usage: SuiteUsage): Covered[] {
  const all = deployedProperties(stacks, usage);
  const idle = new Set(idleProviders(all, usage));
  const seen = { usage, sent: sentBy(usage), pathOf: pathsOf(all), nameOf: namesIn(stacks, usage) };
  return all.flatMap((each) =>
    (idle.has(each) ? [] : (readers[each.resource.type]?.(each, seen) ?? [])).map(({ kind, name, outcomes }) => ({
      kind,
      stack: each.stack.name,
      logicalId: each.resource.logicalId,
      name,
      ...sumOf(outcomes),
    })),
  );
}

/** What each source delivered, to whomever. */
function sentBy({ deliveries }: SuiteUsage): ReadonlyMap<string, readonly Outcomes[]> {
  const all = Map.groupBy(Object.entries(deliveries), ([name]) => name.slice(0, name.indexOf(" ")));
  return new Map([...all].map(([sender, entries]) => [sender, entries.map(([, outcomes]) => outcomes)]));
}

function sumOf(all: readonly (Outcomes | undefined)[]): Pick<Covered, "used" | "failed"> {
  let ok = 0;
  let failed = 0;
  for (const outcomes of all) {
    ok += outcomes?.ok ?? 0;
    for (const count of Object.values(outcomes?.errors ?? {})) failed += count;
  }
  return { used: ok + failed, failed };
}
