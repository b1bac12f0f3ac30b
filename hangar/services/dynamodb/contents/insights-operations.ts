// Operations on contributor insights, by API name.

import { describeContributorInsights } from "../operations/describe-contributor-insights.ts";
import { listContributorInsights } from "../operations/list-contributor-insights.ts";
import { updateContributorInsights } from "../operations/update-contributor-insights.ts";

export const insightsOperations = {
  DescribeContributorInsights: describeContributorInsights,
  ListContributorInsights: listContributorInsights,
  UpdateContributorInsights: updateContributorInsights,
};
