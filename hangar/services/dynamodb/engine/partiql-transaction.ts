// Runs PartiQL statements as one transaction, of reads or of writes.

import { AwsError } from "../../../kernel/aws-error.ts";
import { throttledReason, transactionCanceled, validation, type CancellationReason } from "../errors.ts";
import type { BoundCondition } from "../rules/bound-condition.ts";
import { addUnits, noUnits, readUnits, type Units } from "../rules/capacity.ts";
import { checkKey } from "../rules/item-key.ts";
import type { Select, Statement } from "../rules/partiql/statement.ts";
import { readKey } from "../rules/partiql/read-key.ts";
import { namesItem, writeKey } from "../rules/partiql/write-key.ts";
import type { KeySchema, TableSchema } from "../rules/table-schema.ts";
import type { DynamoContext, Item, ItemRow } from "../store.ts";
import { checkTransactable, findTable, type FoundTable } from "./find-table.ts";
import { readItem } from "./item-writes.ts";
import { tableOf } from "./partiql.ts";
import { shaper } from "./partiql-select.ts";
import { Draw, isEnforced } from "./throughput.ts";
import type { Part } from "./transaction.ts";

const MAX_BYTES = 4 * 1024 * 1024;
const NONE: CancellationReason = { Code: "None" };

/** Runs what concerns one statement: AWS says which one is wrong. */
export function inStatement<Result>(index: number, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "ValidationException") throw error;
    throw validation(`Validation failed in TransactStatements[${index}]: ${error.message}`);
  }
}

/** Tables of the statements; one that is not there cancels the transaction once all statements are looked at. */
export function findTables(
  context: DynamoContext,
  statements: readonly Statement[],
): readonly (FoundTable | AwsError)[] {
  return statements.map((statement) => {
    try {
      return findTable(context, tableOf(statement));
    } catch (error) {
      if (error instanceof AwsError && error.code === "ResourceNotFoundException") return error;
      throw error;
    }
  });
}

export function refuseMissing(tables: readonly (FoundTable | AwsError)[]): readonly FoundTable[] {
  const found = tables.filter((table): table is FoundTable => !(table instanceof AwsError));
  for (const { table } of found) checkTransactable(table);
  if (found.length === tables.length) return found;
  throw transactionCanceled(
    tables.map((table) => (table instanceof AwsError ? { Code: "ResourceNotFound", Message: table.message } : NONE)),
  );
}

function exists(schema: TableSchema, expected: boolean): BoundCondition {
  return { kind: "exists", path: [schema.partition.name], expected };
}

function both(left: BoundCondition, right: BoundCondition | undefined): BoundCondition {
  return right === undefined ? left : { kind: "and", left, right };
}

/** A statement as a part of a transaction of writes. */
export function partOf(statement: Statement, { schema }: FoundTable, show: string | undefined): Part {
  const table = tableOf(statement);
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
      refuseReturning(statement.returning);
      const { key, rest } = singleKey(schema, statement.where);
      const read = { key, condition: both(exists(schema, true), rest), update: { actions: statement.actions } };
      return { kind: "Update", table, show, read };
    }
    case "delete": {
      refuseReturning(statement.returning);
      const { key, rest } = singleKey(schema, statement.where);
      const condition: BoundCondition | undefined =
        rest === undefined ? undefined : { kind: "or", left: exists(schema, false), right: rest };
      return { kind: "Delete", table, show, read: { key, condition } };
    }
    case "exists":
      return { kind: "ConditionCheck", table, show, read: checked(schema, statement.select) };
    case "select":
      throw validation("Unsupported operation in transaction.");
  }
}

function refuseReturning(returning: string | undefined): void {
  if (returning !== undefined) throw validation("RETURNING clause is not supported in ExecuteTransaction.");
}

/** A key that is not whole, or says two things, cancels the transaction as a key of the wrong shape. */
function singleKey(
  schema: KeySchema,
  where: BoundCondition | undefined,
): { key: Item; rest: BoundCondition | undefined } {
  const { key, rest, conflict } = writeKey(schema, where);
  return conflict === undefined ? { key, rest } : { key: {}, rest };
}

function checked(schema: TableSchema, { where, index }: Select): { key: Item; condition: BoundCondition } {
  if (index !== undefined) throw validation("Operations on indices are not supported in transactions");
  const named = writeKey(schema, where);
  if (!namesItem(schema, named) || named.rest === undefined)
    throw validation("EXISTS() must contain a single item read with additional condition");
  return { key: named.key, condition: named.rest };
}

/** A SELECT as a part of a transaction of reads. */
export type Read = { readonly found: FoundTable; readonly key: Item; readonly statement: Select };

export function readOf(statement: Select, found: FoundTable): Read {
  if (statement.index !== undefined) throw validation("Reads on indices are not supported within transactions.");
  const key = readKey(found.schema, statement.where);
  if (key === undefined)
    throw validation("Select statements within ExecuteTransaction must specify the primary key in the where clause.");
  return { found, key, statement };
}

export type Rows = { readonly rows: readonly (Item | undefined)[]; readonly units: ReadonlyMap<FoundTable, Units> };

/** Reads all items as of one moment. Keys of the wrong shape cancel the transaction. */
export function readTogether(context: DynamoContext, reads: readonly Read[], keys: readonly string[]): Rows {
  const found = reads.map(({ found: { store } }, index) => store.items.get(keys[index] as string));
  if (found.reduce((bytes, row) => bytes + (row?.size ?? 0), 0) > MAX_BYTES)
    throw validation("The total size of all items in the transaction request exceeds the 4 MB limit");
  if (isEnforced(context)) admit(context, reads, found);
  const units = new Map<string, readonly [FoundTable, Units]>();
  for (const [index, read] of reads.entries()) {
    const [, sum] = units.get(read.found.table.name) ?? [undefined, noUnits()];
    addUnits(sum, readTwice(found[index]));
    units.set(read.found.table.name, [read.found, sum]);
  }
  const rows = found.map((row, index) => row && shaper((reads[index] as Read).statement)(row.item));
  return { rows, units: new Map(units.values()) };
}

/** Two for each: reads of transactions are consistent and made twice. */
function readTwice(row: ItemRow | undefined): Units {
  return { table: 2 * readUnits(row?.size ?? 0, true), indexes: new Map() };
}

/** Units of all reads, or of none. */
function admit(context: DynamoContext, reads: readonly Read[], rows: readonly (ItemRow | undefined)[]): void {
  const draw = new Draw(context);
  const errors = reads.map(({ found }, index) => draw.take(found, readTwice(rows[index]), "Read"));
  if (errors.some((error) => error !== undefined))
    throw transactionCanceled(errors.map((error) => (error === undefined ? NONE : throttledReason(error))));
  draw.commit();
}

export function checkReadKeys(reads: readonly Read[]): void {
  const reasons = reads.map(({ found, key }): CancellationReason => {
    try {
      checkKey(found.schema, key);
      return NONE;
    } catch (error) {
      if (!(error instanceof AwsError) || error.message.startsWith("One or more parameter values are not valid."))
        throw error;
      return { Code: "ValidationError", Message: error.message };
    }
  });
  if (reasons.some((reason) => reason !== NONE)) throw transactionCanceled(reasons);
}
