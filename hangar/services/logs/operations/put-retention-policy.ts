// Says how long a group's events are kept. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html

import type { PutRetentionPolicyInput, PutRetentionPolicyOutput } from "../../../models/logs.d.ts";
import { invalidParameter } from "../errors.ts";
import { groupAt, operation } from "../store.ts";
import { scheduleExpiry } from "../workers/expire-events.ts";

const DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

export const putRetentionPolicy = operation<PutRetentionPolicyInput, PutRetentionPolicyOutput>(
  ({ logGroupName, retentionInDays }, context) => {
    if (!DAYS.includes(retentionInDays)) {
      throw invalidParameter(
        `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${DAYS.join(", ")}]`,
      );
    }
    const group = groupAt(context.store, logGroupName);
    context.store.groups.put(logGroupName, { ...group, retentionInDays });
    scheduleExpiry(context, logGroupName);
    return {};
  },
);
