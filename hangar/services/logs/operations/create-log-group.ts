// Creates a log group. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html

import { formatArn } from "../../../kernel/arn.ts";
import type { CreateLogGroupInput, CreateLogGroupOutput } from "../../../models/logs.d.ts";
import { alreadyExists } from "../errors.ts";
import { operation, type Group, type LogsContext } from "../store.ts";

export const createLogGroup = operation<CreateLogGroupInput, CreateLogGroupOutput>((input, context) => {
  if (context.store.groups.has(input.logGroupName)) throw alreadyExists("group");
  newGroup(context, input);
  return {};
});

/** Also for those who write for the account: groups come into being on their first line. */
export function newGroup(context: LogsContext, input: CreateLogGroupInput): Group {
  const { account, region, clock, store } = context;
  const name = input.logGroupName;
  const group: Group = {
    name,
    arn: formatArn({ service: "logs", region, account, resource: `log-group:${name}` }),
    created: clock.now(),
    class: input.logGroupClass ?? "STANDARD",
    kmsKeyId: input.kmsKeyId,
    deletionProtection: input.deletionProtectionEnabled ?? false,
    storedBytes: 0,
    tags: { ...input.tags },
  };
  store.groups.put(name, group);
  return group;
}
