// A table as the answer of UpdateTable shows it: most of what changes is still as it was.

import type { UpdateTableInput } from "../../../models/dynamodb.d.ts";
import type { IndexRow, TableRow } from "../store.ts";
import type { Showing } from "./table-description.ts";

export function showUpdate(
  input: UpdateTableInput,
  before: TableRow,
  after: TableRow,
  indexStatus: Readonly<Record<string, string>>,
): { readonly shown: TableRow; readonly showing: Showing } {
  const switched = before.billing !== after.billing;
  const shown: TableRow = {
    ...after,
    indexes: after.indexes.map((index) => asBefore(index, before, switched)),
    tableClass: before.tableClass,
    tableClassChanged: before.tableClassChanged,
    warm: before.warm,
    onDemand:
      input.OnDemandThroughput === undefined ? after.onDemand : { ...before.onDemand, ...input.OnDemandThroughput },
    throughput: switched ? after.throughput : stillAt(before, after),
  };
  const deleted = before.indexes.filter((index) => after.indexes.every((each) => each.name !== index.name));
  return {
    shown: { ...shown, indexes: [...shown.indexes, ...deleted] },
    showing: {
      status: changesTable(input) ? "UPDATING" : "ACTIVE",
      indexStatus: { ...indexStatus, ...Object.fromEntries(deleted.map(({ name }) => [name, "DELETING"])) },
      switched,
      warming: input.WarmThroughput !== undefined,
      encrypting: input.SSESpecification !== undefined,
    },
  };
}

function stillAt({ throughput: { read, write, decreases } }: TableRow, after: TableRow): TableRow["throughput"] {
  return { ...after.throughput, read, write, decreases };
}

function asBefore(index: IndexRow, { indexes }: TableRow, switched: boolean): IndexRow {
  const before = indexes.find((each) => each.name === index.name);
  return before === undefined || switched ? index : { ...index, throughput: before.throughput, warm: before.warm };
}

/** Other changes leave the table active. */
function changesTable(input: UpdateTableInput): boolean {
  return (
    input.ProvisionedThroughput !== undefined ||
    input.BillingMode !== undefined ||
    input.StreamSpecification !== undefined ||
    input.TableClass !== undefined ||
    (input.GlobalSecondaryIndexUpdates ?? []).some(({ Create, Delete }) => (Create ?? Delete) !== undefined)
  );
}
