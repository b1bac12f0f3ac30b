// What a restore may change of a table: its billing, throughput and key, and which of its indexes it keeps.

import { validation } from "../errors.ts";
import type { IndexRow, TableRow } from "../store.ts";
import { checkUnits } from "./table-definition.ts";

type Units = { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number };
type IndexOverride = {
  readonly IndexName: string;
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly Projection: {
    readonly ProjectionType?: string | undefined;
    readonly NonKeyAttributes?: readonly string[] | undefined;
  };
};
export type RestoreOverrides = {
  readonly BillingModeOverride?: string | undefined;
  readonly ProvisionedThroughputOverride?: Units | undefined;
  readonly OnDemandThroughputOverride?:
    | { readonly MaxReadRequestUnits?: number | undefined; readonly MaxWriteRequestUnits?: number | undefined }
    | undefined;
  readonly GlobalSecondaryIndexOverride?: readonly IndexOverride[] | undefined;
  readonly LocalSecondaryIndexOverride?: readonly IndexOverride[] | undefined;
};

export function checkOverrides(input: RestoreOverrides, table: TableRow): void {
  const billing = input.BillingModeOverride ?? table.billing;
  const units = input.ProvisionedThroughputOverride;
  if (units !== undefined && billing !== "PROVISIONED")
    throw validation("Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED");
  if (units === undefined && billing === "PROVISIONED" && table.billing !== "PROVISIONED")
    throw validation("Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED");
  if (units !== undefined) checkUnits(units);
  checkOnDemand(input, billing);
  for (const [indexes, global] of [
    [input.GlobalSecondaryIndexOverride, true],
    [input.LocalSecondaryIndexOverride, false],
  ] as const)
    for (const index of indexes ?? []) if (sourceIndex(index, global, table) === undefined) throw unknownIndex(index);
}

function checkOnDemand({ OnDemandThroughputOverride: most }: RestoreOverrides, billing: string): void {
  if (most === undefined) return;
  if (billing !== "PAY_PER_REQUEST")
    throw validation("Cannot override OnDemandThroughput unless BillingMode is PAY_PER_REQUEST");
  for (const name of ["MaxReadRequestUnits", "MaxWriteRequestUnits"] as const) {
    const value = most[name];
    if (value !== undefined && value !== -1 && value < 1)
      throw validation(`Requested ${name} for OnDemandThroughput is outside of valid range`);
  }
}

/** The index of the source that an override means: one with the same keys and projection, whatever its name. */
export function sourceIndex(index: IndexOverride, global: boolean, table: TableRow): IndexRow | undefined {
  const wanted = shape(index.KeySchema, index.Projection);
  return table.indexes.find((each) => each.global === global && shape(each.keys, each.projection) === wanted);
}

function shape(keys: IndexOverride["KeySchema"], projection: IndexOverride["Projection"]): string {
  return JSON.stringify([
    keys.map(({ AttributeName, KeyType }) => [AttributeName, KeyType]),
    projection.ProjectionType ?? "ALL",
    (projection.NonKeyAttributes ?? []).toSorted(),
  ]);
}

function unknownIndex({ IndexName: name }: IndexOverride): Error {
  return validation(
    `Index ${name} does not match a secondary index that existed in the source table and cannot be created during the restore operation`,
  );
}
