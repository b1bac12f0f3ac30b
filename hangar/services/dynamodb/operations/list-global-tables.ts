// Lists legacy (2017.11.29) global tables: those of today are not among them. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListGlobalTables.html

import type { ListGlobalTablesInput, ListGlobalTablesOutput } from "../../../models/dynamodb.d.ts";
import { internalServerError } from "../errors.ts";
import { isReplicaRegion } from "../rules/replica-updates.ts";
import { operation } from "../store.ts";

export const listGlobalTables = operation<ListGlobalTablesInput, ListGlobalTablesOutput>(({ RegionName: region }) => {
  // As recorded: AWS has no better answer for a region that is none.
  if (region !== undefined && !isReplicaRegion(region)) throw internalServerError();
  return { GlobalTables: [] };
});
