// Runs PartiQL statements, one by one.

import { conditionalCheckFailed, duplicateItem, validation } from "../errors.ts";
import { meets } from "../rules/bound-condition.ts";
import { showUnits, writeUnits } from "../rules/capacity.ts";
import { checkLevels } from "../rules/item-levels.ts";
import { readToken } from "../rules/partiql/next-token.ts";
import type { Delete, Insert, Statement, Update } from "../rules/partiql/statement.ts";
import { itemNamed } from "../rules/partiql/write-key.ts";
import { project } from "../rules/project.ts";
import type { DynamoContext, Item } from "../store.ts";
import { findTable, type FoundTable } from "./find-table.ts";
import { deleteChange, putChange, readItem, updatedRow, updateTarget } from "./item-writes.ts";
import { runSelect, type Selected, type SelectInput } from "./partiql-select.ts";
import { admitWrite, isEnforced } from "./throughput.ts";
import { projectedRow } from "../rules/projected-row.ts";
import { writeItem, type ItemChange } from "./write-item.ts";

export type StatementOptions = SelectInput & { readonly ReturnValuesOnConditionCheckFailure?: string | undefined };

export function tableOf(statement: Statement): string {
  return statement.kind === "exists" ? statement.select.table : statement.table;
}

export function notInTransaction(): Error {
  return validation("EXISTS can only be used in ExecuteTransaction write requests.");
}

export function runStatement(context: DynamoContext, statement: Statement, input: StatementOptions): Selected {
  if (statement.kind === "select") return runSelect(context, statement, input);
  if (statement.kind === "exists") throw notInTransaction();
  // Only a SELECT gives tokens: whatever this one is, it is not this statement's.
  readToken(context.account, input, input.NextToken);
  if (statement.kind === "insert") return runInsert(context, statement, input);
  return statement.kind === "update" ? runUpdate(context, statement, input) : runDelete(context, statement, input);
}

function written(
  found: FoundTable,
  change: ItemChange,
  input: StatementOptions,
  items: readonly Item[] = [],
): Selected {
  const { schema, table } = found;
  if (input.ReturnConsumedCapacity === undefined) return { items };
  const units = writeUnits(schema, change, projectedRow);
  return { items, capacity: showUnits(table.name, schema, units, { detail: input.ReturnConsumedCapacity }) };
}

function shownOnFailure(input: StatementOptions, item: Item | undefined): Item | undefined {
  return input.ReturnValuesOnConditionCheckFailure === "ALL_OLD" ? item : undefined;
}

function runInsert(context: DynamoContext, statement: Insert, input: StatementOptions): Selected {
  const row = readItem(statement.item);
  const found = findTable(context, statement.table);
  const change = putChange(found, { row, condition: undefined });
  if (change.before !== undefined) throw duplicateItem(shownOnFailure(input, change.before.item));
  if (isEnforced(context)) admitWrite(context, found, change);
  writeItem(context, found, change);
  return written(found, change, input);
}

function runUpdate(context: DynamoContext, statement: Update, input: StatementOptions): Selected {
  const found = findTable(context, statement.table);
  const { key: named, rest } = itemNamed(found.schema, statement.where);
  const paths = statement.actions.map(({ path }) => path);
  const read = { key: named, condition: rest, update: { actions: statement.actions }, nested: paths };
  const { key, before } = updateTarget(found, read);
  // An UPDATE never makes an item.
  if (before === undefined || (rest !== undefined && !meets(before.item, rest)))
    throw conditionalCheckFailed(shownOnFailure(input, before?.item));
  const after = updatedRow(found.schema, read, before);
  checkLevels(after.item, statement.actions);
  if (isEnforced(context)) admitWrite(context, found, { before, after });
  writeItem(context, found, { key, before, after });
  return written(found, { key, before, after }, input, returned(statement, before.item, after.item));
}

/** What RETURNING asks for; nothing where no changed attribute is there. */
function returned({ returning, actions }: Update, before: Item, after: Item): readonly Item[] {
  if (returning === undefined) return [];
  const shown = returning.endsWith("OLD") ? before : after;
  if (returning.startsWith("ALL")) return [shown];
  const changed = project(
    shown,
    actions.map(({ path }) => path),
  );
  return Object.keys(changed).length === 0 ? [] : [changed];
}

function runDelete(context: DynamoContext, statement: Delete, input: StatementOptions): Selected {
  const found = findTable(context, statement.table);
  const { key, rest } = itemNamed(found.schema, statement.where);
  const change = deleteChange(found, { key, condition: rest });
  const { before } = change;
  if (before !== undefined && rest !== undefined && !meets(before.item, rest))
    throw conditionalCheckFailed(shownOnFailure(input, before.item));
  if (isEnforced(context)) admitWrite(context, found, change);
  writeItem(context, found, change);
  return written(found, change, input, statement.returning === undefined || before === undefined ? [] : [before.item]);
}
