// Removes tags of a log group by its ARN. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html

import type { UntagResourceInput, UntagResourceOutput } from "../../../models/logs.d.ts";
import { groupNameOfArn } from "../rules/identifier.ts";
import { groupAt, operation } from "../store.ts";

export const untagResource = operation<UntagResourceInput, UntagResourceOutput>(
  ({ resourceArn, tagKeys }, { store }) => {
    const group = groupAt(store, groupNameOfArn(resourceArn));
    const kept = Object.entries(group.tags).filter(([key]) => !tagKeys.includes(key));
    store.groups.put(group.name, { ...group, tags: Object.fromEntries(kept) });
    return {};
  },
);
