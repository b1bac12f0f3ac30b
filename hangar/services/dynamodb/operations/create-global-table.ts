// The legacy way (2017.11.29) to make a global table: AWS refuses it in all regions. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateGlobalTable.html

import type { CreateGlobalTableInput, CreateGlobalTableOutput } from "../../../models/dynamodb.d.ts";
import { legacyGlobalTable } from "../errors.ts";
import { operation } from "../store.ts";

export const createGlobalTable = operation<CreateGlobalTableInput, CreateGlobalTableOutput>(() => {
  throw legacyGlobalTable();
});
