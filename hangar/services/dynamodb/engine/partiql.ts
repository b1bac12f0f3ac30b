// Runs PartiQL statements, one by one and as parts of a transaction.

import { conditionalCheckFailed, duplicateItem, validation } from "../errors.ts";
import type { AttributeValue } from "../rules/attribute-value.ts";
import type { BoundCondition } from "../rules/bound-condition.ts";
import { meets } from "../rules/bound-condition.ts";
import { showUnits, writeUnits, type ShownCapacity } from "../rules/capacity.ts";
import type { Delete, Insert, Statement, Update } from "../rules/parse-partiql.ts";
import { keyOfWhere } from "../rules/partiql-keys.ts";
import { project } from "../rules/project.ts";
import type { TableSchema } from "../rules/table-schema.ts";
import type { DynamoContext, Item } from "../store.ts";
import { findTable, type FoundTable } from "./find-table.ts";
import { deleteChange, putChange, readItem, updatedRow, updateTarget } from "./item-writes.ts";
import { runSelect, type SelectOptions } from "./partiql-select.ts";
import { admitWrite, isEnforced } from "./throughput.ts";
import type { Part } from "./transaction.ts";
import { projectedRow, writeItem, type ItemChange } from "./write-item.ts";

export type StatementInput = {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[] | undefined;
};
export type StatementOptions = SelectOptions & { readonly ReturnValuesOnConditionCheckFailure?: string | undefined };
export type StatementResult = {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
  readonly last?: Item | undefined;
  readonly capacity?: ShownCapacity | undefined;
};

export function tableOf(statement: Statement): string {
  return statement.kind === "exists" ? statement.select.table : statement.table;
}

export function runStatement(context: DynamoContext, statement: Statement, options: StatementOptions): StatementResult {
  switch (statement.kind) {
    case "select":
      return runSelect(context, statement, options);
    case "insert":
      return runInsert(context, statement, options);
    case "update":
      return runUpdate(context, statement, options);
    case "delete":
      return runDelete(context, statement, options);
    case "exists":
      throw validation("EXISTS can only be used in a transaction");
  }
}

function written(
  found: FoundTable,
  change: ItemChange,
  options: StatementOptions,
  items: readonly Item[] = [],
): StatementResult {
  const { schema, table } = found;
  return {
    items,
    capacity: showUnits(table.name, schema, writeUnits(schema, change, projectedRow), {
      detail: options.ReturnConsumedCapacity,
    }),
  };
}

function shownOnFailure(options: StatementOptions, item: Item | undefined): Item | undefined {
  return options.ReturnValuesOnConditionCheckFailure === "ALL_OLD" ? item : undefined;
}

function runInsert(context: DynamoContext, statement: Insert, options: StatementOptions): StatementResult {
  const row = readItem(statement.item);
  const found = findTable(context, statement.table);
  const change = putChange(found, { row, condition: undefined });
  if (change.before !== undefined) throw duplicateItem(shownOnFailure(options, change.before.item));
  if (isEnforced(context)) admitWrite(context, found, change);
  writeItem(context, found, change);
  return written(found, change, options);
}

function runUpdate(context: DynamoContext, statement: Update, options: StatementOptions): StatementResult {
  const found = findTable(context, statement.table);
  const read = {
    key: keyOfWhere(found.schema, statement.where),
    condition: statement.where,
    update: { actions: statement.actions },
  };
  const { key, before } = updateTarget(found, read);
  if (before === undefined || !meets(before.item, statement.where))
    throw conditionalCheckFailed(shownOnFailure(options, before?.item));
  const after = updatedRow(found.schema, read, before);
  if (isEnforced(context)) admitWrite(context, found, { before, after });
  writeItem(context, found, { key, before, after });
  const shown = statement.returning?.endsWith("OLD") === true ? before.item : after.item;
  const paths = statement.actions.map((action) => action.path);
  const items =
    statement.returning === undefined
      ? []
      : [statement.returning.startsWith("UPDATED") ? project(shown, paths) : shown];
  return written(found, { key, before, after }, options, items);
}

function runDelete(context: DynamoContext, statement: Delete, options: StatementOptions): StatementResult {
  if (statement.returning !== undefined && statement.returning !== "ALL_OLD")
    throw validation("DELETE statements can only return ALL OLD");
  const found = findTable(context, statement.table);
  const change = deleteChange(found, { key: keyOfWhere(found.schema, statement.where), condition: undefined });
  const { before } = change;
  if (before !== undefined && !meets(before.item, statement.where))
    throw conditionalCheckFailed(shownOnFailure(options, before.item));
  if (isEnforced(context)) admitWrite(context, found, change);
  writeItem(context, found, change);
  return written(
    found,
    change,
    options,
    statement.returning === undefined || before === undefined ? [] : [before.item],
  );
}

function exists(schema: TableSchema, expected: boolean): BoundCondition {
  return { kind: "exists", path: [schema.partition.name], expected };
}

/** A statement as a part of a transaction of writes. */
export function partOf(context: DynamoContext, statement: Statement, show: string | undefined): Part {
  const table = tableOf(statement);
  const { schema } = findTable(context, table);
  switch (statement.kind) {
    case "insert":
      return {
        kind: "Put",
        table,
        show,
        insert: true,
        read: { row: readItem(statement.item), condition: exists(schema, false) },
      };
    case "update": {
      const condition: BoundCondition = { kind: "and", left: exists(schema, true), right: statement.where };
      return {
        kind: "Update",
        table,
        show,
        read: { key: keyOfWhere(schema, statement.where), condition, update: { actions: statement.actions } },
      };
    }
    case "delete": {
      const condition: BoundCondition = { kind: "or", left: exists(schema, false), right: statement.where };
      return { kind: "Delete", table, show, read: { key: keyOfWhere(schema, statement.where), condition } };
    }
    default: {
      const where = statement.kind === "exists" ? statement.select.where : undefined;
      if (where === undefined)
        throw validation("A transaction of writes holds no SELECT, and EXISTS needs a WHERE clause");
      return { kind: "ConditionCheck", table, show, read: { key: keyOfWhere(schema, where), condition: where } };
    }
  }
}
