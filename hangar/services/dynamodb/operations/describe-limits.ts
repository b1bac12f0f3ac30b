// Gives the account's capacity quotas. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html

import type { DescribeLimitsInput, DescribeLimitsOutput } from "../../../models/dynamodb.d.ts";
import { operation } from "../store.ts";

export const describeLimits = operation<DescribeLimitsInput, DescribeLimitsOutput>(() => ({
  AccountMaxReadCapacityUnits: 80_000,
  AccountMaxWriteCapacityUnits: 80_000,
  TableMaxReadCapacityUnits: 40_000,
  TableMaxWriteCapacityUnits: 40_000,
}));
