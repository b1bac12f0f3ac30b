// Keeps a metric filter; metrics themselves are CloudWatch's. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import { compositeKey } from "../../../kernel/table.ts";
import type { PutMetricFilterInput, PutMetricFilterOutput } from "../../../models/logs.d.ts";
import { filterPattern } from "../rules/filter-pattern.ts";
import { groupAt, operation } from "../store.ts";

export const putMetricFilter = operation<PutMetricFilterInput, PutMetricFilterOutput>((input, { store, clock }) => {
  groupAt(store, input.logGroupName);
  if (input.applyOnTransformedLogs === true) throw notEmulated("log transformers (applyOnTransformedLogs)");
  if (input.fieldSelectionCriteria !== undefined) throw notEmulated("fieldSelectionCriteria of metric filters");
  if (input.emitSystemFieldDimensions !== undefined) throw notEmulated("emitSystemFieldDimensions of metric filters");
  filterPattern(input.filterPattern);
  store.metricFilters.put(compositeKey(input.logGroupName, input.filterName), {
    group: input.logGroupName,
    name: input.filterName,
    pattern: input.filterPattern,
    transformations: input.metricTransformations,
    created: clock.now(),
  });
  return {};
});
