// Finds tables by name or ARN, and the store they are in.

import { parseArn } from "../../../kernel/arn.ts";
import { constraint, resourceNotFound, tableNotFound, validation } from "../errors.ts";
import { schemaOf, type IndexSchema, type TableSchema } from "../rules/table-schema.ts";
import { statusOf } from "../rules/table-state.ts";
import type { DynamoContext, DynamoStore, TableRow } from "../store.ts";

export type FoundTable = { readonly table: TableRow; readonly schema: TableSchema; readonly store: DynamoStore };

const NAME = /^[a-zA-Z0-9_.-]+$/;

export type TablePlace = { readonly name: string; readonly account: string; readonly region: string };

const HERE = { account: "", region: "" };

/** A table's name as a parameter may give it: bare or as ARN. */
export function placeOf(context: { readonly account: string; readonly region: string }, given: string): TablePlace {
  if (!given.startsWith("arn:")) return { name: given, account: context.account, region: context.region };
  const arn = parseArn(given);
  if (arn?.service !== "dynamodb" || !arn.resource.startsWith("table/")) throw validation("Invalid table ARN");
  return { name: arn.resource.split("/")[1] ?? "", account: arn.account, region: arn.region };
}

/** For the data plane, which never says which table it did not find. */
export function findTable(context: DynamoContext, given: string): FoundTable {
  const { store, name } = storeFor(context, given);
  const table = store.tables.get(name);
  if (table === undefined || (table.state !== undefined && statusOf(table, context.clock.now()) === "CREATING")) {
    checkTableName(name);
    throw resourceNotFound();
  }
  if (table.keyRefused !== undefined) checkTableKey(context, table);
  return { table, schema: schemaOf(table), store };
}

/** Without its key a table can be described and deleted, and little else. */
export function checkTableKey(context: DynamoContext, { keyRefused }: TableRow): void {
  if (keyRefused !== undefined && context.clock.now() >= keyRefused.from) throw validation(keyRefused.message);
}

/** A name that no table can have is what AWS complains of before anything else. */
export function checkGivenTable(given: string): void {
  if (given.startsWith("arn:")) placeOf(HERE, given);
  else checkTableName(given);
}

/** Names of tables as keys of a batch's map, which AWS shows whole. */
export function checkNames<Requests extends object>(requests: Requests, show: (requests: Requests) => string): void {
  const isName = (name: string): boolean =>
    name.startsWith("arn:") || (name.length >= 3 && name.length <= 255 && NAME.test(name));
  if (Object.keys(requests).every(isName)) return;
  throw constraint(
    show(requests),
    "requestItems",
    "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]",
  );
}

/** For the control plane. */
export function findNamedTable(context: DynamoContext, given: string): FoundTable {
  const { store, name } = storeFor(context, given);
  checkTableName(name);
  const table = store.tables.get(name);
  if (table === undefined) throw tableNotFound(name);
  return { table, schema: schemaOf(table), store };
}

function storeFor(context: DynamoContext, given: string): { readonly store: DynamoStore; readonly name: string } {
  if (!given.startsWith("arn:")) return { store: context.store, name: given };
  const { name, account, region } = placeOf(context, given);
  return { store: context.storeAt(account, region), name };
}

export function checkTableName(name: string, path = "tableName"): void {
  if (name.length < 3) throw constraint(name, path, "Member must have length greater than or equal to 3");
  if (name.length > 255) throw constraint(name, path, "Member must have length less than or equal to 255");
  if (!NAME.test(name)) throw constraint(name, path, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
}

/** In AWS's words as far as they are known: it documents that there is an error, not which. */
export function checkTransactable({ global }: TableRow): void {
  if (global?.strong === true)
    throw validation("Transactions are not supported for global tables with MultiRegionConsistency set to STRONG.");
}

/** For reads, which an index that is not there yet, or no longer, does not serve. */
export function findReadableIndex(context: DynamoContext, schema: TableSchema, name: string): IndexSchema {
  const index = findIndex(schema, name);
  const { state } = index;
  if (state === undefined || state.name === "UPDATING" || context.clock.now() >= state.until) return index;
  throw validation(
    state.name === "CREATING"
      ? `Cannot read from backfilling global secondary index: ${name}`
      : `The table does not have the specified index: ${name}`,
  );
}

function findIndex(schema: TableSchema, name: string): IndexSchema {
  const index = schema.indexes.find((each) => each.name === name);
  if (index === undefined) throw validation(`The table does not have the specified index: ${name}`);
  return index;
}
