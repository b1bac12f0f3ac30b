// Gives the account's capacity quotas. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html

import type { DescribeLimitsInput, DescribeLimitsOutput } from "../../../models/dynamodb.d.ts";
import { ACCOUNT_MAXIMUM, TABLE_MAXIMUM } from "../rules/change-throughput.ts";
import { operation } from "../store.ts";

export const describeLimits = operation<DescribeLimitsInput, DescribeLimitsOutput>(() => ({
  AccountMaxReadCapacityUnits: ACCOUNT_MAXIMUM,
  AccountMaxWriteCapacityUnits: ACCOUNT_MAXIMUM,
  TableMaxReadCapacityUnits: TABLE_MAXIMUM,
  TableMaxWriteCapacityUnits: TABLE_MAXIMUM,
}));
