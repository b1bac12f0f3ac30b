// Deletes a subscription filter. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteSubscriptionFilter.html

import { compositeKey } from "../../../kernel/table.ts";
import type { DeleteSubscriptionFilterInput, DeleteSubscriptionFilterOutput } from "../../../models/logs.d.ts";
import { resourceNotFound } from "../errors.ts";
import { groupAt, operation } from "../store.ts";

export const deleteSubscriptionFilter = operation<DeleteSubscriptionFilterInput, DeleteSubscriptionFilterOutput>(
  ({ logGroupName, filterName }, { store }) => {
    groupAt(store, logGroupName);
    const deleted = store.subscriptionFilters.delete(compositeKey(logGroupName, filterName));
    if (deleted === undefined) throw resourceNotFound("The specified subscription filter does not exist.");
    return {};
  },
);
