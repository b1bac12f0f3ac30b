// Lists the tags of a log group, the older way. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsLogGroup.html

import type { ListTagsLogGroupInput, ListTagsLogGroupOutput } from "../../../models/logs.d.ts";
import { groupAt, operation } from "../store.ts";

export const listTagsLogGroup = operation<ListTagsLogGroupInput, ListTagsLogGroupOutput>(
  ({ logGroupName }, { store }) => ({
    tags: groupAt(store, logGroupName).tags,
  }),
);
