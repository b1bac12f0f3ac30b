// Finds the table or global index that contributor insights are asked of.

import { indexOfTableNotFound } from "../errors.ts";
import type { InsightsPlace } from "../rules/contributor-insights.ts";
import type { DynamoContext, DynamoStore } from "../store.ts";
import { findNamedTable } from "./find-table.ts";

export function findInsights(
  context: DynamoContext,
  { TableName, IndexName: name }: { readonly TableName: string; readonly IndexName?: string | undefined },
): InsightsPlace & { readonly store: DynamoStore } {
  const { table, store } = findNamedTable(context, TableName);
  const index = name === undefined ? undefined : table.indexes.find((each) => each.global && each.name === name);
  if (name !== undefined && index === undefined) throw indexOfTableNotFound(name, table.name);
  return { table, index, store };
}
