// Removes tags of a log group, the older way. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagLogGroup.html

import type { UntagLogGroupInput, UntagLogGroupOutput } from "../../../models/logs.d.ts";
import { groupAt, operation } from "../store.ts";

export const untagLogGroup = operation<UntagLogGroupInput, UntagLogGroupOutput>(({ logGroupName, tags }, { store }) => {
  const group = groupAt(store, logGroupName);
  const kept = Object.entries(group.tags).filter(([key]) => !tags.includes(key));
  store.groups.put(logGroupName, { ...group, tags: Object.fromEntries(kept) });
  return {};
});
