// Says whether a table's or index's hot keys are watched. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContributorInsights.html

import type {
  DescribeContributorInsightsInput,
  DescribeContributorInsightsOutput,
} from "../../../models/dynamodb.d.ts";
import { findInsights } from "../engine/find-insights.ts";
import { insightsOf, ruleNames } from "../rules/contributor-insights.ts";
import { operation } from "../store.ts";

export const describeContributorInsights = operation<
  DescribeContributorInsightsInput,
  DescribeContributorInsightsOutput
>((input, context) => {
  const { table, index } = findInsights(context, input);
  const row = insightsOf(table, index);
  return {
    TableName: table.name,
    IndexName: index?.name,
    ContributorInsightsRuleList: row?.status === "ENABLED" ? ruleNames(table, index, row) : undefined,
    ContributorInsightsStatus: row?.status ?? "DISABLED",
    LastUpdateDateTime: row === undefined ? undefined : new Date(row.changed),
    ContributorInsightsMode: row?.mode,
    FailureException:
      row?.status === "FAILED"
        ? {
            ExceptionName: "LimitExceededException",
            ExceptionDescription:
              "Amazon CloudWatch Contributor Insights rule limit reached. Please disable Contributor Insights for other tables/indexes OR disable other CloudWatch Contributor Insights rules before retrying.",
          }
        : undefined,
  };
});
