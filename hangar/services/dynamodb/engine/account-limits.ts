// What an account may have in one region: tables, and provisioned units of all of them.

import { limitExceeded } from "../errors.ts";
import { checkAccountMaximum } from "../rules/change-throughput.ts";
import type { ProvisionedUnits } from "../rules/table-definition.ts";
import type { DynamoStore, TableRow } from "../store.ts";

const MAX_TABLES = 2500;

/** One more table in the store. */
export function checkTableCount(store: DynamoStore): void {
  if (store.tables.size >= MAX_TABLES)
    throw limitExceeded(`Subscriber limit exceeded: There is a limit of ${MAX_TABLES} tables per subscriber`);
}

/** A table as it will be: only where it asks for more than it had. */
export function checkAccountUnits(store: DynamoStore, table: TableRow): void {
  const before = store.tables.get(table.name);
  const [had, wants] = [before === undefined ? NONE : unitsOf(before), unitsOf(table)];
  const more = minus(wants, had);
  if (more.ReadCapacityUnits <= 0 && more.WriteCapacityUnits <= 0) return;
  let reserved = NONE;
  for (const row of store.tables.rows()) reserved = plus(reserved, unitsOf(row));
  checkAccountMaximum(reserved, more, table.region);
}

const NONE: ProvisionedUnits = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };

function unitsOf({ throughput, indexes }: TableRow): ProvisionedUnits {
  let units: ProvisionedUnits = { ReadCapacityUnits: throughput.read, WriteCapacityUnits: throughput.write };
  for (const { throughput: own } of indexes)
    if (own !== undefined) units = plus(units, { ReadCapacityUnits: own.read, WriteCapacityUnits: own.write });
  return units;
}

function plus(left: ProvisionedUnits, right: ProvisionedUnits): ProvisionedUnits {
  return {
    ReadCapacityUnits: left.ReadCapacityUnits + right.ReadCapacityUnits,
    WriteCapacityUnits: left.WriteCapacityUnits + right.WriteCapacityUnits,
  };
}

function minus(left: ProvisionedUnits, right: ProvisionedUnits): ProvisionedUnits {
  return {
    ReadCapacityUnits: left.ReadCapacityUnits - right.ReadCapacityUnits,
    WriteCapacityUnits: left.WriteCapacityUnits - right.WriteCapacityUnits,
  };
}
