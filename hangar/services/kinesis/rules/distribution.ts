// Record distribution strategies: who chooses a record's shard.

import { validation } from "../errors.ts";

const STRATEGIES = ["AUTO", "USER_PARTITION_KEY"];

export function checkDistribution(strategy: string | undefined, mode: string): void {
  if (strategy === undefined) return;
  if (!STRATEGIES.includes(strategy))
    throw validation(
      `1 validation error detected: Value '${strategy}' at 'recordDistributionStrategy' failed to satisfy constraint: Member must satisfy enum value set: [${STRATEGIES.join(", ")}]`,
    );
  if (mode !== "ON_DEMAND")
    throw validation("RecordDistributionStrategy is only supported for streams in ON_DEMAND mode.");
}
