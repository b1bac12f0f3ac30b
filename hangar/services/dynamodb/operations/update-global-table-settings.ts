// Changes the settings of a legacy (2017.11.29) global table: there are none any more. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateGlobalTableSettings.html

import type { UpdateGlobalTableSettingsInput, UpdateGlobalTableSettingsOutput } from "../../../models/dynamodb.d.ts";
import { globalTableNotFound } from "../errors.ts";
import { operation } from "../store.ts";

export const updateGlobalTableSettings = operation<UpdateGlobalTableSettingsInput, UpdateGlobalTableSettingsOutput>(
  (input) => {
    throw globalTableNotFound(input.GlobalTableName);
  },
);
