// Makes, changes and removes a table's global secondary indexes.

import type { UpdateTableInput } from "../../../models/dynamodb.d.ts";
import { invalidParameter, limitExceeded, resourceNotFound, validation } from "../errors.ts";
import { checkGlobalIndex, checkUnits } from "../rules/table-definition.ts";
import type { DynamoContext, DynamoStore, IndexRow, TableRow } from "../store.ts";
import { dropIndexRows, fillIndex, newIndex, throughputOf } from "./table-rows.ts";

type Update = NonNullable<UpdateTableInput["GlobalSecondaryIndexUpdates"]>[number];

/** `fill` is run once the table's row is written. */
export type UpdatedIndexes = {
  readonly table: TableRow;
  readonly statuses: Readonly<Record<string, string>>;
  fill(table: TableRow): void;
};

export function updateIndexes(
  context: DynamoContext,
  store: DynamoStore,
  table: TableRow,
  input: UpdateTableInput,
): UpdatedIndexes {
  const updates = input.GlobalSecondaryIndexUpdates ?? [];
  checkUpdates(updates);
  const statuses: Record<string, string> = {};
  const made: string[] = [];
  let changed = withAttributes(table, input);
  for (const update of updates) {
    const name = nameOf(update);
    if (update.Create !== undefined) {
      changed = created(context, changed, update.Create);
      made.push(name);
      statuses[name] = "CREATING";
    } else if (update.Delete !== undefined) {
      changed = { ...changed, indexes: changed.indexes.filter((index) => index !== existing(changed, name)) };
      dropIndexRows(store, existing(table, name));
    } else {
      changed = {
        ...changed,
        indexes: changed.indexes.map((index) => (index === existing(changed, name) ? retuned(index, update) : index)),
      };
      statuses[name] = "UPDATING";
    }
  }
  checkProvisioned(input, table, changed);
  const used = new Set(
    [...changed.keys, ...changed.indexes.flatMap((index) => index.keys)].map((key) => key.AttributeName),
  );
  const attributes = changed.attributes.filter((attribute) => used.has(attribute.AttributeName));
  return {
    table: { ...changed, attributes },
    statuses,
    fill: (row) => made.forEach((name) => fillIndex(store, row, name)),
  };
}

function nameOf(update: Update): string {
  return (update.Update ?? update.Create ?? update.Delete)?.IndexName ?? "";
}

function checkUpdates(updates: readonly Update[]): void {
  const names = new Set<string>();
  for (const update of updates) {
    if (update.Update === undefined && update.Create === undefined && update.Delete === undefined) {
      throw invalidParameter(
        "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null",
      );
    }
    const name = nameOf(update);
    if (names.has(name))
      throw invalidParameter(
        `Only one global secondary index update per index is allowed simultaneously. Index: ${name}`,
      );
    names.add(name);
  }
  if (updates.filter((update) => update.Create !== undefined || update.Delete !== undefined).length > 1) {
    throw limitExceeded(
      "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    );
  }
}

/** What is defined anew goes beside what is there. */
function withAttributes(table: TableRow, { AttributeDefinitions: given }: UpdateTableInput): TableRow {
  if (given === undefined) return table;
  const names = new Set(given.map((attribute) => attribute.AttributeName));
  return {
    ...table,
    attributes: [...table.attributes.filter((attribute) => !names.has(attribute.AttributeName)), ...given],
  };
}

function existing(table: TableRow, name: string): IndexRow {
  const index = table.indexes.find((each) => each.global && each.name === name);
  if (index === undefined) throw resourceNotFound();
  return index;
}

function created(context: DynamoContext, table: TableRow, create: NonNullable<Update["Create"]>): TableRow {
  if (table.indexes.some((index) => index.name === create.IndexName))
    throw validation("Attempting to create an index which already exists");
  checkGlobalIndex(
    create,
    table.billing,
    table.attributes.map((attribute) => attribute.AttributeName),
  );
  if (table.indexes.filter((index) => index.global).length >= 20)
    throw invalidParameter("GlobalSecondaryIndex count exceeds the per-table limit of 20");
  return { ...table, indexes: [...table.indexes, newIndex(context, create, true)] };
}

function retuned(index: IndexRow, { Update: update }: Update): IndexRow {
  const units = update?.ProvisionedThroughput;
  if (units !== undefined) checkUnits(units);
  return {
    ...index,
    throughput: units === undefined ? index.throughput : throughputOf(units),
    onDemand: update?.OnDemandThroughput ?? index.onDemand,
    warm: update?.WarmThroughput ?? index.warm,
  };
}

/** Going back to provisioned capacity, every index needs its own. */
function checkProvisioned(input: UpdateTableInput, before: TableRow, after: TableRow): void {
  if (before.billing === after.billing || after.billing !== "PROVISIONED" || input.BillingMode === undefined) return;
  const missing = after.indexes
    .filter((index) => index.global && (index.throughput?.read ?? 0) === 0)
    .map((index) => index.name);
  if (missing.length > 0)
    throw invalidParameter(`ProvisionedThroughput must be specified for index: ${missing.join(",")}`);
}
