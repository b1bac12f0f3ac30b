// Deletes a metric filter. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteMetricFilter.html

import { compositeKey } from "../../../kernel/table.ts";
import type { DeleteMetricFilterInput, DeleteMetricFilterOutput } from "../../../models/logs.d.ts";
import { resourceNotFound } from "../errors.ts";
import { groupAt, operation } from "../store.ts";

export const deleteMetricFilter = operation<DeleteMetricFilterInput, DeleteMetricFilterOutput>(
  ({ logGroupName, filterName }, { store }) => {
    groupAt(store, logGroupName);
    const deleted = store.metricFilters.delete(compositeKey(logGroupName, filterName));
    if (deleted === undefined) throw resourceNotFound("The specified metric filter does not exist.");
    return {};
  },
);
