// Keys, throughput and indexes, as a table's row has them.

import type { IndexState } from "./table-state.ts";

export type KeyType = "S" | "N" | "B";
export type KeyElement = { readonly AttributeName: string; readonly KeyType: string };
export type Throughput = {
  readonly read: number;
  readonly write: number;
  readonly decreases: number;
  readonly increasedAt?: number | undefined;
  readonly decreasedAt?: number | undefined;
};
export type OnDemand = {
  readonly MaxReadRequestUnits?: number | undefined;
  readonly MaxWriteRequestUnits?: number | undefined;
};
export type Warm = {
  readonly ReadUnitsPerSecond?: number | undefined;
  readonly WriteUnitsPerSecond?: number | undefined;
};

export type IndexRow = {
  readonly name: string;
  readonly global: boolean;
  /** Start of its rows' keys. */
  readonly storage: string;
  readonly keys: readonly KeyElement[];
  readonly projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] | undefined };
  readonly throughput?: Throughput | undefined;
  readonly onDemand?: OnDemand | undefined;
  readonly warm?: Warm | undefined;
  readonly created?: number | undefined;
  /** Where it takes its time: until when it is being made, changed or deleted. */
  readonly state?: IndexState | undefined;
};
