// Lists log groups with their settings. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html

import { compositeKey } from "../../../kernel/table.ts";
import type { DescribeLogGroupsInput, DescribeLogGroupsOutput, LogGroup } from "../../../models/logs.d.ts";
import { invalidParameter } from "../errors.ts";
import { groupAnswer } from "../rules/answers.ts";
import { keyOfPageToken, pageToken } from "../rules/event-id.ts";
import { groupNameOfIdentifier } from "../rules/identifier.ts";
import { operation, type Group, type LogsStore } from "../store.ts";

export const describeLogGroups = operation<DescribeLogGroupsInput, DescribeLogGroupsOutput>((input, { store }) => {
  const { logGroupNamePrefix, logGroupNamePattern, logGroupClass, logGroupIdentifiers } = input;
  if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
    throw invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  }
  if (logGroupIdentifiers !== undefined) {
    const groups = logGroupIdentifiers.flatMap(
      (identifier) => store.groups.get(groupNameOfIdentifier(identifier)) ?? [],
    );
    return { logGroups: groups.map((group) => answer(store, group)) };
  }
  const limit = input.limit ?? 50;
  const after = keyOfPageToken(input.nextToken);
  const pattern = logGroupNamePattern?.toLowerCase();
  const found: LogGroup[] = [];
  let last: string | undefined;
  for (const [name, group] of store.groups.range({
    prefix: logGroupNamePrefix ?? "",
    ...(after === undefined ? {} : { after }),
  })) {
    if (pattern !== undefined && !name.toLowerCase().includes(pattern)) continue;
    if (logGroupClass !== undefined && group.class !== logGroupClass) continue;
    if (found.length === limit) return { logGroups: found, nextToken: pageToken(last ?? "") };
    found.push(pattern === undefined ? answer(store, group) : brief(answer(store, group)));
    last = name;
  }
  return { logGroups: found };
});

/** A search by pattern does not tell sizes and protection. */
function brief({ storedBytes: _bytes, deletionProtectionEnabled: _protection, ...rest }: LogGroup): LogGroup {
  return rest;
}

function answer(store: LogsStore, group: Group): LogGroup {
  return groupAnswer(group, [...store.metricFilters.keys({ prefix: compositeKey(group.name, "") })].length);
}
