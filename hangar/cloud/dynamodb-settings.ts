// What of DynamoDB's slowness a world and the forks made from it have: none, unless asked for.

export type DynamodbSettings = {
  /** "enforced": calls beyond a table's or an index's throughput are throttled. */
  readonly throughput?: "enforced" | "unlimited" | undefined;
  /** "timed": tables and indexes take AWS's time, on the world's clock, to be created, changed and deleted. */
  readonly tableStates?: "timed" | "instant" | undefined;
};

/** Those of `own` over those that are there. */
export function changedBy(there: DynamodbSettings, own: DynamodbSettings): DynamodbSettings {
  return {
    throughput: own.throughput ?? there.throughput,
    tableStates: own.tableStates ?? there.tableStates,
  };
}
