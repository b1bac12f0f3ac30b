// Takes the key off a group. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DisassociateKmsKey.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { DisassociateKmsKeyInput, DisassociateKmsKeyOutput } from "../../../models/logs.d.ts";
import { groupAt, operation } from "../store.ts";

export const disassociateKmsKey = operation<DisassociateKmsKeyInput, DisassociateKmsKeyOutput>(
  ({ logGroupName, resourceIdentifier }, { store }) => {
    if (logGroupName === undefined || resourceIdentifier !== undefined)
      throw notEmulated("resourceIdentifier of logs:DisassociateKmsKey");
    store.groups.put(logGroupName, { ...groupAt(store, logGroupName), kmsKeyId: undefined });
    return {};
  },
);
