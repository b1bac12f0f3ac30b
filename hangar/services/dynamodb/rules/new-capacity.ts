// What a new table and its global indexes may ask for: units, on-demand maxima, warm throughput.

import type { CreateTableInput } from "../../../models/dynamodb.d.ts";
import type { OnDemand, Warm } from "../store.ts";
import { checkNewWarm, checkOnDemand, refuseOnDemand } from "./change-capacity.ts";
import { checkMaximum } from "./change-throughput.ts";
import type { ProvisionedUnits } from "./table-definition.ts";

type Asked = {
  readonly ProvisionedThroughput?: ProvisionedUnits | undefined;
  readonly OnDemandThroughput?: OnDemand | undefined;
  readonly WarmThroughput?: Warm | undefined;
};

export function checkNewCapacity(input: CreateTableInput, region: string): void {
  checkOne(input, input.BillingMode, { region });
  for (const index of input.GlobalSecondaryIndexes ?? [])
    checkOne(index, input.BillingMode, { region, index: index.IndexName });
}

function checkOne(
  { ProvisionedThroughput: units, OnDemandThroughput: maxima, WarmThroughput: warm }: Asked,
  billing: string | undefined,
  of: { readonly region: string; readonly index?: string },
): void {
  if (maxima !== undefined) {
    if (billing !== "PAY_PER_REQUEST") refuseOnDemand(maxima, of.index, false);
    checkOnDemand(maxima, of, false);
  }
  if (units !== undefined) checkMaximum(units, of);
  if (warm === undefined) return;
  const least =
    units === undefined
      ? undefined
      : { ReadUnitsPerSecond: units.ReadCapacityUnits, WriteUnitsPerSecond: units.WriteCapacityUnits };
  checkNewWarm(warm, billing, { ...of, ...(least !== undefined && { units: least }) });
}
