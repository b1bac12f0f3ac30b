// The legacy way (2017.11.29) to change a global table: there are none any more. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateGlobalTable.html

import type { UpdateGlobalTableInput, UpdateGlobalTableOutput } from "../../../models/dynamodb.d.ts";
import { globalTableNotFound, legacyGlobalTable, validation } from "../errors.ts";
import { operation } from "../store.ts";

export const updateGlobalTable = operation<UpdateGlobalTableInput, UpdateGlobalTableOutput>((input) => {
  if (input.ReplicaUpdates.length === 0) throw validation("One or more parameter values were invalid");
  if (input.ReplicaUpdates.some((update) => update.Create !== undefined)) throw legacyGlobalTable();
  throw globalTableNotFound(input.GlobalTableName, "Global table not found: ");
});
