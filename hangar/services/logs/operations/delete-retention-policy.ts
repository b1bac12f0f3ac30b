// Keeps a group's events for ever. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html

import type { DeleteRetentionPolicyInput, DeleteRetentionPolicyOutput } from "../../../models/logs.d.ts";
import { groupAt, operation } from "../store.ts";
import { scheduleExpiry } from "../workers/expire-events.ts";

export const deleteRetentionPolicy = operation<DeleteRetentionPolicyInput, DeleteRetentionPolicyOutput>(
  ({ logGroupName }, context) => {
    const group = groupAt(context.store, logGroupName);
    context.store.groups.put(logGroupName, { ...group, retentionInDays: undefined });
    scheduleExpiry(context, logGroupName);
    return {};
  },
);
