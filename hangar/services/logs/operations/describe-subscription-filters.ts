// Lists a group's subscription filters. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeSubscriptionFilters.html

import { compositeKey } from "../../../kernel/table.ts";
import type { DescribeSubscriptionFiltersInput, DescribeSubscriptionFiltersOutput } from "../../../models/logs.d.ts";
import { subscriptionFilterAnswer } from "../rules/answers.ts";
import { pageOf } from "../rules/pages.ts";
import { groupAt, operation } from "../store.ts";

export const describeSubscriptionFilters = operation<
  DescribeSubscriptionFiltersInput,
  DescribeSubscriptionFiltersOutput
>((input, { store }) => {
  groupAt(store, input.logGroupName);
  const filters = store.subscriptionFilters.rows({
    prefix: compositeKey(input.logGroupName, input.filterNamePrefix ?? ""),
  });
  const { page, next } = pageOf(filters, input, (filter) => filter.name);
  return { subscriptionFilters: page.map(subscriptionFilterAnswer), ...next };
});
