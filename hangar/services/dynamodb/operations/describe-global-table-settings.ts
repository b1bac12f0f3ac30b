// Describes the settings of a legacy (2017.11.29) global table: there are none any more. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeGlobalTableSettings.html

import type {
  DescribeGlobalTableSettingsInput,
  DescribeGlobalTableSettingsOutput,
} from "../../../models/dynamodb.d.ts";
import { globalTableNotFound } from "../errors.ts";
import { operation } from "../store.ts";

export const describeGlobalTableSettings = operation<
  DescribeGlobalTableSettingsInput,
  DescribeGlobalTableSettingsOutput
>((input) => {
  throw globalTableNotFound(input.GlobalTableName);
});
