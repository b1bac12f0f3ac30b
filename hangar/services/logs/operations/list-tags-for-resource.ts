// Lists the tags of a log group by its ARN. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html

import type { ListTagsForResourceInput, ListTagsForResourceOutput } from "../../../models/logs.d.ts";
import { groupNameOfArn } from "../rules/identifier.ts";
import { groupAt, operation } from "../store.ts";

export const listTagsForResource = operation<ListTagsForResourceInput, ListTagsForResourceOutput>(
  ({ resourceArn }, { store }) => ({
    tags: groupAt(store, groupNameOfArn(resourceArn)).tags,
  }),
);
