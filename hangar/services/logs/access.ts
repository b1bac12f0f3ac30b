// What each operation of CloudWatch Logs needs.

import type { AccessRule } from "../../cloud/service.ts";
import type { AccessNeed } from "../../ports/access.ts";
import { groupNameOfIdentifier } from "./rules/identifier.ts";
import type { LogsContext, tables } from "./store.ts";

type Rule = AccessRule<typeof tables>;
type Names = {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
  readonly logStreamName?: string;
  readonly resourceArn?: string;
};

export const access: Readonly<Record<string, Rule>> = {
  AssociateKmsKey: onGroup("AssociateKmsKey"),
  CreateLogGroup: onGroup("CreateLogGroup"),
  CreateLogStream: onGroup("CreateLogStream"),
  DeleteLogGroup: onGroup("DeleteLogGroup"),
  DeleteLogStream: onStream("DeleteLogStream"),
  DeleteMetricFilter: onGroup("DeleteMetricFilter"),
  DeleteResourcePolicy: () => [{ action: "logs:DeleteResourcePolicy", resource: "*" }],
  DeleteRetentionPolicy: onGroup("DeleteRetentionPolicy"),
  DeleteSubscriptionFilter: onGroup("DeleteSubscriptionFilter"),
  DescribeLogGroups: onGroup("DescribeLogGroups"),
  DescribeLogStreams: onGroup("DescribeLogStreams"),
  DescribeMetricFilters: onGroup("DescribeMetricFilters"),
  DescribeResourcePolicies: () => [{ action: "logs:DescribeResourcePolicies", resource: "*" }],
  DescribeSubscriptionFilters: onGroup("DescribeSubscriptionFilters"),
  DisassociateKmsKey: onGroup("DisassociateKmsKey"),
  FilterLogEvents: onGroup("FilterLogEvents"),
  GetLogEvents: onStream("GetLogEvents"),
  ListLogGroups: () => [{ action: "logs:ListLogGroups", resource: "*" }],
  ListTagsForResource: onResource("ListTagsForResource"),
  ListTagsLogGroup: onGroup("ListTagsLogGroup"),
  PutLogEvents: onStream("PutLogEvents"),
  PutLogGroupDeletionProtection: onGroup("PutLogGroupDeletionProtection"),
  PutMetricFilter: onGroup("PutMetricFilter"),
  PutResourcePolicy: () => [{ action: "logs:PutResourcePolicy", resource: "*" }],
  PutRetentionPolicy: onGroup("PutRetentionPolicy"),
  PutSubscriptionFilter: onGroup("PutSubscriptionFilter"),
  TagLogGroup: onGroup("TagLogGroup"),
  TagResource: onResource("TagResource"),
  TestMetricFilter: () => [{ action: "logs:TestMetricFilter", resource: "*" }],
  UntagLogGroup: onGroup("UntagLogGroup"),
  UntagResource: onResource("UntagResource"),
};

/** Groups are checked as `…:log-group:<name>:log-stream:`, which is why policies name them with `:*` at the end. */
function onGroup(name: string): Rule {
  return (input: Names, context) => [need(context, `logs:${name}`, `${groupArn(input, context)}:log-stream:`)];
}

function onStream(name: string): Rule {
  return (input: Names, context) => [
    need(context, `logs:${name}`, `${groupArn(input, context)}:log-stream:${input.logStreamName ?? ""}`),
  ];
}

function onResource(name: string): Rule {
  return (input: Names, context) => [need(context, `logs:${name}`, input.resourceArn ?? "*")];
}

function groupArn({ logGroupName, logGroupIdentifier }: Names, { account, region }: LogsContext): string {
  const identifier = logGroupName ?? logGroupIdentifier ?? "";
  const name = identifier.startsWith("arn:") ? (identifier.split(":")[6] ?? "") : groupNameOfIdentifier(identifier);
  return `arn:aws:logs:${region}:${account}:log-group:${name}`;
}

function need(context: LogsContext, action: string, resource: string): AccessNeed {
  return context.caller.kind === "service"
    ? { action, resource, policy: accountPolicy(context) }
    : { action, resource };
}

/** The account's resource policies as one; services are let in by nothing else. */
function accountPolicy({ store }: LogsContext): object {
  const statements = [...store.resourcePolicies.rows()].flatMap((policy) => {
    const { Statement } = JSON.parse(policy.document) as { readonly Statement: object | readonly object[] };
    return Statement;
  });
  return { Version: "2012-10-17", Statement: statements };
}
