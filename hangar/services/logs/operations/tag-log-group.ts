// Tags a log group, the older way. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagLogGroup.html

import type { TagLogGroupInput, TagLogGroupOutput } from "../../../models/logs.d.ts";
import { groupAt, operation } from "../store.ts";

export const tagLogGroup = operation<TagLogGroupInput, TagLogGroupOutput>(({ logGroupName, tags }, { store }) => {
  const group = groupAt(store, logGroupName);
  store.groups.put(logGroupName, { ...group, tags: { ...group.tags, ...tags } });
  return {};
});
