// What of DynamoDB's slowness a world and the forks made from it have: none, unless asked for.

export type DynamodbSettings = {
  /** "enforced": calls beyond a table's or an index's throughput are throttled. */
  readonly throughput?: "enforced" | "unlimited" | undefined;
  /** "timed": tables and indexes take AWS's time, on the world's clock, to be created, changed and deleted. */
  readonly tableStates?: "timed" | "instant" | undefined;
  /** Global secondary indexes show a write later: up to `maximum` milliseconds of the world's clock, as the seed has it. 0 for at once. */
  readonly indexLag?: { readonly maximum: number; readonly seed?: string | undefined } | undefined;
};

/** Those of `own` over those that are there. */
export function changedBy(there: DynamodbSettings, own: DynamodbSettings): DynamodbSettings {
  return {
    throughput: own.throughput ?? there.throughput,
    tableStates: own.tableStates ?? there.tableStates,
    indexLag: own.indexLag ?? there.indexLag,
  };
}

/** Work that brings an index up to its table: settle() does not wait for its time. */
export const LAGGING_WORK = "dynamodb.catch-up-index";
