// Contributor insights of a table and its global indexes: settings and states, as DynamoDB shows them.

import type { IndexRow, InsightsRow, TableRow } from "../store.ts";

export const DEFAULT_MODE = "ACCESSED_AND_THROTTLED_KEYS";
/** CloudWatch's rules in an account and region. */
const MAX_RULES = 100;

/** Of the table itself, or of its index of that name; none where they were never turned on. */
export function insightsOf(table: TableRow, index: IndexRow | undefined): InsightsRow | undefined {
  const row = table.insights?.[index?.name ?? ""];
  // An index that was deleted and made again begins anew.
  return row !== undefined && row.changed < (index?.created ?? 0) ? undefined : row;
}

/** Names of the rules in CloudWatch: for the partition key and the sort key, what is read and what is throttled. */
export function ruleNames(
  table: TableRow,
  index: IndexRow | undefined,
  { mode, since }: InsightsRow,
): readonly string[] {
  const keys = (index ?? table).keys.length > 1 ? ["PK", "SK"] : ["PK"];
  const kinds = mode === DEFAULT_MODE ? ["C", "T"] : ["T"];
  const of = index === undefined ? table.name : `${table.name}-${index.name}`;
  return keys.flatMap((key) => kinds.map((kind) => `DynamoDBContributorInsights-${key}${kind}-${of}-${since}`));
}

export type InsightsPlace = { readonly table: TableRow; readonly index: IndexRow | undefined };

/** Where insights may be: tables, each followed by its global indexes. */
export function* insightsPlaces(tables: Iterable<TableRow>): Generator<InsightsPlace> {
  for (const table of tables) {
    yield { table, index: undefined };
    for (const index of table.indexes) if (index.global) yield { table, index };
  }
}

/** How many rules there are in all. */
export function countRules(tables: Iterable<TableRow>): number {
  let count = 0;
  for (const { table, index } of insightsPlaces(tables)) {
    const row = insightsOf(table, index);
    if (row?.status === "ENABLED") count += ruleNames(table, index, row).length;
  }
  return count;
}

/** As it is after a request: `keep` when that asks for what is. */
export function changedInsights(
  { table, index }: InsightsPlace,
  wanted: { readonly enable: boolean; readonly mode: string },
  { now, otherRules }: { readonly now: number; readonly otherRules: number },
): InsightsRow | "keep" {
  const row = insightsOf(table, index);
  if (!wanted.enable)
    return row === undefined || row.status === "DISABLED" ? "keep" : { ...row, status: "DISABLED", changed: now };
  if (row?.status === "ENABLED" && row.mode === wanted.mode) return "keep";
  const since = row?.status === "ENABLED" ? row.since : now;
  const next: InsightsRow = { status: "ENABLED", mode: wanted.mode, changed: now, since };
  const fits = otherRules + ruleNames(table, index, next).length <= MAX_RULES;
  return fits ? next : { ...next, status: "FAILED" };
}
