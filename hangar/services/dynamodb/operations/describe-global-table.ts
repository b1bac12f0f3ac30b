// Describes a legacy (2017.11.29) global table: there are none any more. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeGlobalTable.html

import type { DescribeGlobalTableInput, DescribeGlobalTableOutput } from "../../../models/dynamodb.d.ts";
import { globalTableNotFound } from "../errors.ts";
import { operation } from "../store.ts";

export const describeGlobalTable = operation<DescribeGlobalTableInput, DescribeGlobalTableOutput>((input) => {
  throw globalTableNotFound(input.GlobalTableName, "Global table not found: ");
});
