// Says whether a table's hot keys are watched. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContributorInsights.html

import type {
  DescribeContributorInsightsInput,
  DescribeContributorInsightsOutput,
} from "../../../models/dynamodb.d.ts";
import { findIndex, findNamedTable } from "../engine/find-table.ts";
import { operation } from "../store.ts";

export const describeContributorInsights = operation<
  DescribeContributorInsightsInput,
  DescribeContributorInsightsOutput
>((input, context) => {
  const { table, schema } = findNamedTable(context, input.TableName);
  if (input.IndexName !== undefined) findIndex(schema, input.IndexName);
  return { TableName: table.name, IndexName: input.IndexName, ContributorInsightsStatus: "DISABLED" };
});
