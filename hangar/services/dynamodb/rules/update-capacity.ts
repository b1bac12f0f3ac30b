// Billing mode, throughput and what goes with them, as one UpdateTable changes them for a table.

import type { UpdateTableInput } from "../../../models/dynamodb.d.ts";
import { invalidParameter } from "../errors.ts";
import type { TableRow, Throughput } from "../store.ts";
import { changedWarm, checkOnDemand, mergedOnDemand, refuseOnDemand, warmAfter, warmOf } from "./change-capacity.ts";
import { changedThroughput } from "./change-throughput.ts";
import { withSwitchToOnDemand } from "./rolling-limits.ts";

export function withCapacity(input: UpdateTableInput, table: TableRow, now: number): TableRow {
  const billing = (input.BillingMode ?? table.billing) as TableRow["billing"];
  const { ProvisionedThroughput: units, OnDemandThroughput: maxima, WarmThroughput: warm } = input;
  if (billing === "PAY_PER_REQUEST" && units !== undefined)
    throw invalidParameter(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    );
  const { region } = table;
  const switched = billing === table.billing ? table : switchedTo(billing, table, now);
  const sized: TableRow =
    units === undefined
      ? switched
      : { ...switched, throughput: changedThroughput(switched.throughput, units, { region, now }) };
  const warmed =
    sized === table ? table : { ...sized, warm: warmAfter(warmOf(table, table), warmOf(sized, unwarmed(sized))) };
  const bounded = maxima === undefined ? warmed : withMaxima(warmed, maxima);
  return warm === undefined ? bounded : { ...bounded, warm: changedWarm(warmOf(table, table), warm, { region }) };
}

function withMaxima(table: TableRow, maxima: NonNullable<UpdateTableInput["OnDemandThroughput"]>): TableRow {
  if (table.billing === "PROVISIONED") refuseOnDemand(maxima, undefined, true);
  checkOnDemand(maxima, { region: table.region }, true);
  return { ...table, onDemand: mergedOnDemand(table.onDemand, maxima) };
}

/** Whichever way: maxima of on-demand capacity are gone, of indexes too. */
function switchedTo(billing: TableRow["billing"], table: TableRow, now: number): TableRow {
  const none = (throughput: Throughput | undefined): Throughput => ({ decreases: 0, ...throughput, read: 0, write: 0 });
  const indexes = table.indexes.map((index) => {
    if (!index.global) return index;
    const changed = { ...index, onDemand: undefined, throughput: none(index.throughput) };
    return { ...changed, warm: warmAfter(warmOf(table, index), warmOf({ billing }, unwarmed(changed))) };
  });
  const changed: TableRow = { ...table, billing, indexes, onDemand: undefined, throughput: none(table.throughput) };
  if (billing === "PROVISIONED") return changed;
  const toOnDemand = withSwitchToOnDemand(table.changes?.toOnDemand, now);
  return { ...changed, onDemandSince: now, changes: { ...table.changes, toOnDemand } };
}

function unwarmed<Row extends { readonly warm?: unknown }>(row: Row): Row {
  return { ...row, warm: undefined };
}
