// Tags a log group by its ARN. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html

import type { TagResourceInput, TagResourceOutput } from "../../../models/logs.d.ts";
import { groupNameOfArn } from "../rules/identifier.ts";
import { groupAt, operation } from "../store.ts";

export const tagResource = operation<TagResourceInput, TagResourceOutput>(({ resourceArn, tags }, { store }) => {
  const group = groupAt(store, groupNameOfArn(resourceArn));
  store.groups.put(group.name, { ...group, tags: { ...group.tags, ...tags } });
  return {};
});
