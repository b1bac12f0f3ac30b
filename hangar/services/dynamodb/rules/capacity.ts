// Capacity units: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html

import { sameItem } from "./compare-values.ts";
import type { IndexSchema, TableSchema } from "./table-schema.ts";
import type { ItemRow } from "../store.ts";

/** Units by table and index. */
export type Units = { table: number; readonly indexes: Map<string, number> };

export function noUnits(): Units {
  return { table: 0, indexes: new Map() };
}

export function readUnits(bytes: number, consistent: boolean | undefined): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (consistent === true ? 1 : 0.5);
}

function writeUnitsOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1024));
}

export type RowChange = { readonly before: ItemRow | undefined; readonly after: ItemRow | undefined };
export type Projector = (index: IndexSchema, row: ItemRow) => ItemRow;

/** An index costs a write where its row comes, goes or changes; two where its key changes. */
export function writeUnits(schema: TableSchema, change: RowChange, project: Projector): Units {
  const units: Units = {
    table: writeUnitsOf(Math.max(change.before?.size ?? 0, change.after?.size ?? 0)),
    indexes: new Map(),
  };
  for (const index of schema.indexes) {
    const before = inIndex(index, change.before, project);
    const after = inIndex(index, change.after, project);
    const cost = indexCost(index, before, after);
    if (cost > 0) units.indexes.set(index.name, cost);
  }
  return units;
}

function inIndex(index: IndexSchema, row: ItemRow | undefined, project: Projector): ItemRow | undefined {
  if (row === undefined || index.attributes.some((attribute) => !Object.hasOwn(row.item, attribute.name)))
    return undefined;
  return project(index, row);
}

function indexCost(index: IndexSchema, before: ItemRow | undefined, after: ItemRow | undefined): number {
  if (before === undefined || after === undefined) {
    const only = before ?? after;
    return only === undefined ? 0 : writeUnitsOf(only.size);
  }
  const moved = index.attributes.some(
    ({ name }) => !sameItem({ key: before.item[name] ?? {} }, { key: after.item[name] ?? {} }),
  );
  if (moved) return writeUnitsOf(before.size) + writeUnitsOf(after.size);
  return sameItem(before.item, after.item) ? 0 : writeUnitsOf(Math.max(before.size, after.size));
}

export function addUnits(total: Units, more: Units, factor = 1): void {
  total.table += more.table * factor;
  for (const [name, units] of more.indexes) total.indexes.set(name, (total.indexes.get(name) ?? 0) + units * factor);
}

type Shown = {
  readonly CapacityUnits: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
};
export type ShownCapacity = Shown & {
  readonly TableName: string;
  readonly Table?: Shown;
  readonly LocalSecondaryIndexes?: Record<string, Shown>;
  readonly GlobalSecondaryIndexes?: Record<string, Shown>;
};

/** ConsumedCapacity as asked for; transactions name the direction as well. */
export function showUnits(
  name: string,
  schema: TableSchema,
  units: Units,
  asked: { readonly detail: string | undefined; readonly transaction?: "ReadCapacityUnits" | "WriteCapacityUnits" },
): ShownCapacity | undefined {
  if (asked.detail !== "TOTAL" && asked.detail !== "INDEXES") return undefined;
  const shown = (count: number): Shown =>
    asked.transaction === undefined ? { CapacityUnits: count } : { CapacityUnits: count, [asked.transaction]: count };
  let total = units.table;
  for (const count of units.indexes.values()) total += count;
  if (asked.detail === "TOTAL") return { TableName: name, ...shown(total) };
  const local: Record<string, Shown> = {};
  const global: Record<string, Shown> = {};
  for (const index of schema.indexes) {
    const count = units.indexes.get(index.name);
    if (count !== undefined) (index.global ? global : local)[index.name] = shown(count);
  }
  return {
    TableName: name,
    ...shown(total),
    Table: shown(units.table),
    ...(Object.keys(local).length > 0 && { LocalSecondaryIndexes: local }),
    ...(Object.keys(global).length > 0 && { GlobalSecondaryIndexes: global }),
  };
}

function addTo(left: Shown | undefined, right: Shown | undefined): Shown | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return { ...left, CapacityUnits: left.CapacityUnits + right.CapacityUnits };
}

function addEach(
  left: Record<string, Shown> | undefined,
  right: Record<string, Shown> | undefined,
): Record<string, Shown> | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  const sum = { ...left };
  for (const name in right) sum[name] = addTo(left[name], right[name]) as Shown;
  return sum;
}

/** What several calls on one table consumed together. */
export function addShown(left: ShownCapacity | undefined, right: ShownCapacity): ShownCapacity {
  if (left === undefined) return right;
  const [table, local, global] = [
    addTo(left.Table, right.Table),
    addEach(left.LocalSecondaryIndexes, right.LocalSecondaryIndexes),
    addEach(left.GlobalSecondaryIndexes, right.GlobalSecondaryIndexes),
  ];
  return {
    TableName: left.TableName,
    CapacityUnits: left.CapacityUnits + right.CapacityUnits,
    ...(table !== undefined && { Table: table }),
    ...(local !== undefined && { LocalSecondaryIndexes: local }),
    ...(global !== undefined && { GlobalSecondaryIndexes: global }),
  };
}
