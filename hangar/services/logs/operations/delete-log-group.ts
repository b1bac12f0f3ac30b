// Deletes a log group with all that is in it. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html

import { compositeKey, type Table } from "../../../kernel/table.ts";
import type { DeleteLogGroupInput, DeleteLogGroupOutput } from "../../../models/logs.d.ts";
import { validationException } from "../errors.ts";
import { groupAt, operation } from "../store.ts";

export const deleteLogGroup = operation<DeleteLogGroupInput, DeleteLogGroupOutput>(
  ({ logGroupName }, { store, scheduler }) => {
    const group = groupAt(store, logGroupName);
    if (group.deletionProtection)
      throw validationException("Log group cannot be deleted because deletion protection is enabled.");
    const prefix = compositeKey(logGroupName, "");
    for (const table of [
      store.streams,
      store.events,
      store.streamEvents,
      store.subscriptionFilters,
      store.metricFilters,
    ])
      removeAll(table, prefix);
    store.arrivals.delete(logGroupName);
    const expiry = store.expiries.delete(logGroupName);
    if (expiry !== undefined) scheduler.cancel(expiry);
    store.groups.delete(logGroupName);
    return {};
  },
);

function removeAll(table: Pick<Table<unknown>, "keys" | "delete">, prefix: string): void {
  for (const key of Array.from(table.keys({ prefix }))) table.delete(key);
}
