// Lists log groups by name. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListLogGroups.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { ListLogGroupsInput, ListLogGroupsOutput, LogGroupSummary } from "../../../models/logs.d.ts";
import { keyOfPageToken, pageToken } from "../rules/event-id.ts";
import { operation } from "../store.ts";

export const listLogGroups = operation<ListLogGroupsInput, ListLogGroupsOutput>((input, { store }) => {
  if (input.dataSources !== undefined) throw notEmulated("dataSources of logs:ListLogGroups");
  if (input.fieldIndexNames !== undefined) throw notEmulated("fieldIndexNames of logs:ListLogGroups");
  const limit = input.limit ?? 50;
  const pattern =
    input.logGroupNamePattern === undefined
      ? undefined
      : new RegExp(input.logGroupNamePattern.replaceAll(".", String.raw`\.`));
  const after = keyOfPageToken(input.nextToken);
  const found: LogGroupSummary[] = [];
  let last: string | undefined;
  for (const [name, group] of store.groups.range(after === undefined ? {} : { after })) {
    if (pattern !== undefined && !pattern.test(name)) continue;
    if (input.logGroupClass !== undefined && group.class !== input.logGroupClass) continue;
    const tagged = (input.logGroupTags ?? []).every(
      ({ key, values }) =>
        Object.hasOwn(group.tags, key) && (values === undefined || values.includes(group.tags[key] ?? "")),
    );
    if (!tagged) continue;
    if (found.length === limit) return { logGroups: found, nextToken: pageToken(last ?? "") };
    found.push({ logGroupName: name, logGroupArn: group.arn, logGroupClass: group.class });
    last = name;
  }
  return { logGroups: found };
});
