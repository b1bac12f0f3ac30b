// Makes, changes and removes a table's global secondary indexes.

import type { UpdateTableInput } from "../../../models/dynamodb.d.ts";
import { indexNotFound, invalidParameter, limitExceeded, validation } from "../errors.ts";
import {
  changedWarm,
  checkNewWarm,
  checkOnDemand,
  mergedOnDemand,
  refuseOnDemand,
  warmAfter,
  warmOf,
} from "../rules/change-capacity.ts";
import { changedThroughput, checkMaximum } from "../rules/change-throughput.ts";
import { checkGlobalIndex, checkNonKeys, MAX_GLOBAL } from "../rules/table-definition.ts";
import { usedAttributes } from "../rules/table-schema.ts";
import type { DynamoContext, DynamoStore, IndexRow, TableRow } from "../store.ts";
import { dropIndexRows, fillIndex, newIndex } from "./table-rows.ts";

type Update = NonNullable<UpdateTableInput["GlobalSecondaryIndexUpdates"]>[number];

/** `fill` and `drop` are run once the table's row is written. */
export type UpdatedIndexes = {
  readonly table: TableRow;
  readonly statuses: Readonly<Record<string, string>>;
  fill(store: DynamoStore, table: TableRow): void;
  drop(store: DynamoStore): void;
};

export function updateIndexes(context: DynamoContext, table: TableRow, input: UpdateTableInput): UpdatedIndexes {
  const updates = input.GlobalSecondaryIndexUpdates ?? [];
  checkUpdates(updates);
  const statuses: Record<string, string> = {};
  const made: string[] = [];
  const gone: IndexRow[] = [];
  let changed = updates.some(({ Create }) => Create !== undefined) ? withAttributes(table, input) : table;
  for (const update of updates) {
    const name = nameOf(update);
    if (update.Create !== undefined) {
      changed = created(context, changed, update.Create);
      made.push(name);
      statuses[name] = "CREATING";
    } else if (update.Delete !== undefined) {
      const index = existing(table, name, "delete");
      changed = { ...changed, indexes: changed.indexes.filter((each) => each.name !== name) };
      gone.push(index);
    } else if (update.Update !== undefined) {
      const index = retuned(context, changed, existing(changed, name, "update"), update.Update);
      changed = { ...changed, indexes: changed.indexes.map((each) => (each.name === name ? index : each)) };
      statuses[name] = "UPDATING";
    }
  }
  checkProvisioned(table, changed);
  return {
    table: { ...changed, attributes: usedAttributes(changed) },
    statuses,
    fill: (store, row) => made.forEach((name) => fillIndex(store, row, name)),
    drop: (store) => gone.forEach((index) => dropIndexRows(store, index)),
  };
}

function nameOf(update: Update): string {
  return (update.Update ?? update.Create ?? update.Delete)?.IndexName ?? "";
}

function checkUpdates(updates: readonly Update[]): void {
  const names = new Set<string>();
  for (const update of updates) {
    const actions = [update.Update, update.Create, update.Delete].filter((action) => action !== undefined).length;
    if (actions === 0)
      throw invalidParameter(
        "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null",
      );
    if (actions > 1)
      throw invalidParameter("Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
    const name = nameOf(update);
    if (names.has(name))
      throw invalidParameter(
        `Only one global secondary index update per index is allowed simultaneously. Index: ${name}`,
      );
    names.add(name);
  }
  if (updates.filter((update) => update.Update === undefined).length > 1) throw oneIndexAtATime();
}

function oneIndexAtATime(): Error {
  return limitExceeded(
    "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
  );
}

/** What is defined already keeps its type, whatever is said now. */
function withAttributes(table: TableRow, { AttributeDefinitions: given = [] }: UpdateTableInput): TableRow {
  const names = new Set(table.attributes.map((attribute) => attribute.AttributeName));
  const added = given.filter((attribute) => !names.has(attribute.AttributeName));
  return { ...table, attributes: [...table.attributes, ...added] };
}

function existing(table: TableRow, name: string, verb: "update" | "delete"): IndexRow {
  const index = table.indexes.find((each) => each.name === name);
  if (index === undefined) throw indexNotFound(name, table.name);
  if (!index.global) throw validation(`Cannot ${verb} an index that is not a GlobalSecondaryIndex: ${name}`);
  return index;
}

function created(context: DynamoContext, table: TableRow, create: NonNullable<Update["Create"]>): TableRow {
  const { region } = table;
  const of = { region, index: create.IndexName };
  if (table.indexes.some((index) => index.name === create.IndexName))
    throw validation("Attempting to create an index which already exists");
  const defined = table.attributes.map((attribute) => attribute.AttributeName);
  if (create.KeySchema.some((key) => !defined.includes(key.AttributeName)))
    throw invalidParameter(`AttributeDefinitions is not specified for index: ${create.IndexName}`);
  checkGlobalIndex(create, table.billing, defined);
  if (table.indexes.filter((index) => index.global).length >= MAX_GLOBAL)
    throw limitExceeded(
      `Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of ${MAX_GLOBAL}`,
    );
  checkNonKeys([...table.indexes.map((index) => index.projection), create.Projection]);
  const { ProvisionedThroughput: units, OnDemandThroughput: maxima, WarmThroughput: warm } = create;
  if (units !== undefined) checkMaximum(units, of);
  if (maxima !== undefined) {
    if (table.billing === "PROVISIONED") refuseOnDemand(maxima, create.IndexName, true);
    checkOnDemand(maxima, of, false);
  }
  const index = newIndex(context, create, true);
  if (warm !== undefined)
    checkNewWarm(warm, table.billing, { ...of, units: warmOf(table, { ...index, warm: undefined }) });
  return { ...table, indexes: [...table.indexes, index] };
}

function retuned(
  context: DynamoContext,
  table: TableRow,
  index: IndexRow,
  update: NonNullable<Update["Update"]>,
): IndexRow {
  const { ProvisionedThroughput: units, OnDemandThroughput: maxima, WarmThroughput: warm } = update;
  const of = { region: table.region, index: index.name };
  const provisioned = table.billing === "PROVISIONED";
  if (units !== undefined && !provisioned)
    throw invalidParameter(
      `Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: ${index.name} when BillingMode is PAY_PER_REQUEST`,
    );
  if (maxima !== undefined) {
    if (provisioned) refuseOnDemand(maxima, index.name, true);
    checkOnDemand(maxima, of, true);
  }
  const current = index.throughput ?? { read: 0, write: 0, decreases: 0 };
  const sized: IndexRow =
    units === undefined
      ? index
      : { ...index, throughput: changedThroughput(current, units, { ...of, now: context.clock.now() }) };
  const grown =
    units === undefined ? index.warm : warmAfter(warmOf(table, index), warmOf(table, { ...sized, warm: undefined }));
  return {
    ...sized,
    onDemand: maxima === undefined ? index.onDemand : mergedOnDemand(index.onDemand, maxima),
    warm: warm === undefined ? grown : changedWarm(warmOf(table, index), warm, of),
  };
}

/** Going back to provisioned capacity, every index needs its own. */
function checkProvisioned(before: TableRow, after: TableRow): void {
  if (after.billing !== "PROVISIONED") return;
  const missing = after.indexes
    .filter((index) => index.global && (index.throughput?.read ?? 0) === 0)
    .map((index) => index.name);
  if (missing.length > 0 && before.indexes.length > 0)
    throw invalidParameter(`ProvisionedThroughput must be specified for index: ${missing.join(",")}`);
}
