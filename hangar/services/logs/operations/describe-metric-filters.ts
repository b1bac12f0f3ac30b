// Lists metric filters. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html

import { compositeKey } from "../../../kernel/table.ts";
import type { DescribeMetricFiltersInput, DescribeMetricFiltersOutput } from "../../../models/logs.d.ts";
import { invalidParameter } from "../errors.ts";
import { metricFilterAnswer } from "../rules/answers.ts";
import { pageOf } from "../rules/pages.ts";
import { groupAt, operation, type MetricFilter } from "../store.ts";

export const describeMetricFilters = operation<DescribeMetricFiltersInput, DescribeMetricFiltersOutput>(
  (input, { store }) => {
    if ((input.metricName === undefined) !== (input.metricNamespace === undefined)) {
      throw invalidParameter(
        "If you include the metricName parameter in your request, you must also include the metricNamespace parameter.",
      );
    }
    if (input.logGroupName !== undefined) groupAt(store, input.logGroupName);
    const prefix =
      input.logGroupName === undefined ? "" : compositeKey(input.logGroupName, input.filterNamePrefix ?? "");
    const filters = [...store.metricFilters.rows({ prefix })].filter((filter) => wanted(filter, input));
    const { page, next } = pageOf(filters, input, (filter) => compositeKey(filter.group, filter.name));
    return { metricFilters: page.map(metricFilterAnswer), ...next };
  },
);

function wanted(
  filter: MetricFilter,
  { filterNamePrefix = "", metricName, metricNamespace }: DescribeMetricFiltersInput,
): boolean {
  if (!filter.name.startsWith(filterNamePrefix)) return false;
  return (
    metricName === undefined ||
    filter.transformations.some((each) => each.metricName === metricName && each.metricNamespace === metricNamespace)
  );
}
