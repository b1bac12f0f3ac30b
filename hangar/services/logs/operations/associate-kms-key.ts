// Notes the key a group is encrypted under. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { AssociateKmsKeyInput, AssociateKmsKeyOutput } from "../../../models/logs.d.ts";
import { groupAt, operation } from "../store.ts";

export const associateKmsKey = operation<AssociateKmsKeyInput, AssociateKmsKeyOutput>(
  ({ logGroupName, resourceIdentifier, kmsKeyId }, { store }) => {
    if (logGroupName === undefined || resourceIdentifier !== undefined)
      throw notEmulated("resourceIdentifier of logs:AssociateKmsKey");
    store.groups.put(logGroupName, { ...groupAt(store, logGroupName), kmsKeyId });
    return {};
  },
);
