// On-demand maxima and warm throughput: what may be asked for, and what a change makes of them.

import { invalidParameter, limitExceeded } from "../errors.ts";
import type { IndexRow, OnDemand, TableRow, Warm } from "../store.ts";
import { TABLE_MAXIMUM } from "./change-throughput.ts";

/** What is asked of: the table, or an index by its name. */
type Of = { readonly region: string; readonly index?: string | undefined };

type Warmth = { readonly ReadUnitsPerSecond: number; readonly WriteUnitsPerSecond: number };

const INITIAL: Warmth = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4000 };
const INITIAL_PAGE =
  "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial";
const MAXIMA = { Read: "TableMaxReadCapacityUnits", Write: "TableMaxWriteCapacityUnits" } as const;
const DIRECTIONS = ["Read", "Write"] as const;

/** -1 takes a maximum away, in an update only. */
export function checkOnDemand(given: OnDemand, of: Of, update: boolean): void {
  const where = of.index === undefined ? "table" : `index : ${of.index}`;
  for (const direction of DIRECTIONS) {
    const name = `Max${direction}RequestUnits` as const;
    const units = given[name];
    if (units === undefined) continue;
    if (units < 1 && !(update && units === -1))
      throw invalidParameter(`Requested ${name} for OnDemandThroughput for ${where} is outside of valid range`);
    if (units > TABLE_MAXIMUM)
      throw limitExceeded(
        `Subscriber limit exceeded: Requested ${name} for OnDemandThroughput for ${where} exceeds ${MAXIMA[direction]} of the account in region ${of.region}`,
      );
  }
}

/** Provisioned tables have no maxima; AWS words it differently for a table that is not there yet. */
export function refuseOnDemand(given: OnDemand, index: string | undefined, update: boolean): void {
  const name = DIRECTIONS.map((direction) => `Max${direction}RequestUnits` as const).find(
    (each) => given[each] !== undefined,
  );
  if (name === undefined) return;
  const where = index === undefined ? "" : ` for index : ${index}`;
  throw invalidParameter(
    `${name} for OnDemandThroughput${where} cannot be specified when ${update ? "the table BillingMode is PROVISIONED" : "table BillingMode is PROVISIONED."}`,
  );
}

/** Member by member; undefined when none is left. */
export function mergedOnDemand(current: OnDemand | undefined, given: OnDemand): OnDemand | undefined {
  const all = Object.entries({ ...current, ...present(given) }).filter(([, units]) => units !== -1);
  return all.length === 0 ? undefined : Object.fromEntries(all);
}

/** What a table or index can take at once: what it was warmed to, never less than it had. */
export function warmOf(table: Pick<TableRow, "billing">, of: TableRow | IndexRow): Warmth {
  const { warm, throughput } = of;
  const onDemand = table.billing === "PAY_PER_REQUEST";
  return {
    ReadUnitsPerSecond: warm?.ReadUnitsPerSecond ?? (onDemand ? INITIAL.ReadUnitsPerSecond : (throughput?.read ?? 0)),
    WriteUnitsPerSecond:
      warm?.WriteUnitsPerSecond ?? (onDemand ? INITIAL.WriteUnitsPerSecond : (throughput?.write ?? 0)),
  };
}

/** After a change of throughput or billing: the most it ever had. */
export function warmAfter(before: Warmth, after: Warmth): Warmth {
  return {
    ReadUnitsPerSecond: Math.max(before.ReadUnitsPerSecond, after.ReadUnitsPerSecond),
    WriteUnitsPerSecond: Math.max(before.WriteUnitsPerSecond, after.WriteUnitsPerSecond),
  };
}

export function checkNewWarm(given: Warm, billing: string | undefined, of: Of & { readonly units?: Warmth }): void {
  const onDemand = billing === "PAY_PER_REQUEST";
  const least = onDemand ? INITIAL : of.units;
  for (const direction of DIRECTIONS) {
    const name = `${direction}UnitsPerSecond` as const;
    const units = given[name];
    if (units === undefined) continue;
    if (least !== undefined && units < least[name])
      throw invalidParameter(
        `Requested ${name} for WarmThroughput for ${named(of)} is lower than ${onDemand ? `initial throughput for OnDemand. See: ${INITIAL_PAGE}` : `${direction}CapacityUnits of ProvisionedThroughput`}`,
      );
  }
  checkWarmMaximum(given, of);
}

/** Warm throughput only grows. */
export function changedWarm(current: Warmth, given: Warm, of: Of): Warmth {
  for (const direction of DIRECTIONS) {
    const name = `${direction}UnitsPerSecond` as const;
    const units = given[name];
    if (units !== undefined && units < current[name])
      throw invalidParameter(
        `Requested ${name} for WarmThroughput for ${named(of)} is lower than current WarmThroughput, decreasing WarmThroughput is not supported`,
      );
  }
  checkWarmMaximum(given, of);
  return {
    ReadUnitsPerSecond: given.ReadUnitsPerSecond ?? current.ReadUnitsPerSecond,
    WriteUnitsPerSecond: given.WriteUnitsPerSecond ?? current.WriteUnitsPerSecond,
  };
}

function checkWarmMaximum(given: Warm, of: Of): void {
  for (const direction of DIRECTIONS) {
    const name = `${direction}UnitsPerSecond` as const;
    if ((given[name] ?? 0) > TABLE_MAXIMUM)
      throw limitExceeded(
        `Subscriber limit exceeded: Requested ${name} for WarmThroughput for ${named(of)} exceeds ${MAXIMA[direction]} of the account in region ${of.region}`,
      );
  }
}

function named({ index }: Of): string {
  return index === undefined ? "table" : `index ${index}`;
}

function present<Units extends object>(units: Units): Units {
  return Object.fromEntries(Object.entries(units).filter(([, value]) => value !== undefined)) as Units;
}
