// Guards a log group against deletion. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogGroupDeletionProtection.html

import type {
  PutLogGroupDeletionProtectionInput,
  PutLogGroupDeletionProtectionOutput,
} from "../../../models/logs.d.ts";
import { groupNameOfIdentifier } from "../rules/identifier.ts";
import { groupAt, operation } from "../store.ts";

export const putLogGroupDeletionProtection = operation<
  PutLogGroupDeletionProtectionInput,
  PutLogGroupDeletionProtectionOutput
>((input, { store }) => {
  const group = groupAt(store, groupNameOfIdentifier(input.logGroupIdentifier));
  store.groups.put(group.name, { ...group, deletionProtection: input.deletionProtectionEnabled });
  return {};
});
