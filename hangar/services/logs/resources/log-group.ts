// The CloudFormation type AWS::Logs::LogGroup.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { DescribeLogGroupsOutput, LogGroup, ListTagsLogGroupOutput } from "../../../models/logs.d.ts";
import { invalidParameter } from "../errors.ts";

type Tag = { readonly Key: string; readonly Value: string };

export const logGroup: ResourceType = {
  type: "AWS::Logs::LogGroup",
  properties: ["LogGroupName", "RetentionInDays", "Tags", "LogGroupClass", "DeletionProtectionEnabled"],
  inert: { KmsKeyId: "noted and shown; events are not encrypted" },
  async create(properties, context) {
    const name = (properties["LogGroupName"] as string | undefined) ?? context.physicalName(512);
    await context.call("logs", "CreateLogGroup", {
      logGroupName: name,
      kmsKeyId: properties["KmsKeyId"],
      logGroupClass: properties["LogGroupClass"],
      deletionProtectionEnabled: properties["DeletionProtectionEnabled"],
      tags: tagsOf(properties, context),
    });
    await setRetention(name, properties, context);
    return stateOf(name, context);
  },
  async update(state, properties, _previous, context) {
    const name = state.id;
    // What it is, not what a template said: a refused change is also rolled back.
    if ((properties["LogGroupClass"] ?? "STANDARD") !== (await groupNamed(name, context))?.logGroupClass)
      throw invalidParameter("The log group class of a log group cannot be changed after the log group is created.");
    await setRetention(name, properties, context);
    if (properties["KmsKeyId"] === undefined) await context.call("logs", "DisassociateKmsKey", { logGroupName: name });
    else await context.call("logs", "AssociateKmsKey", { logGroupName: name, kmsKeyId: properties["KmsKeyId"] });
    await context.call("logs", "PutLogGroupDeletionProtection", {
      logGroupIdentifier: name,
      deletionProtectionEnabled: properties["DeletionProtectionEnabled"] ?? false,
    });
    await setTags(name, tagsOf(properties, context) ?? {}, context);
    return stateOf(name, context);
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("logs", "DeleteLogGroup", { logGroupName: state.id }));
  },
  async read(id, context) {
    const group = await groupNamed(id, context);
    if (group === undefined) return undefined;
    const { tags = {} } = (await context.call("logs", "ListTagsLogGroup", {
      logGroupName: id,
    })) as ListTagsLogGroupOutput;
    return {
      LogGroupName: id,
      Arn: group.arn,
      LogGroupClass: group.logGroupClass,
      DeletionProtectionEnabled: group.deletionProtectionEnabled,
      ...(group.retentionInDays === undefined ? {} : { RetentionInDays: group.retentionInDays }),
      ...(group.kmsKeyId === undefined ? {} : { KmsKeyId: group.kmsKeyId }),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    };
  },
};

async function groupNamed(name: string, context: ResourceContext): Promise<LogGroup | undefined> {
  const { logGroups = [] } = (await context.call("logs", "DescribeLogGroups", {
    logGroupNamePrefix: name,
  })) as DescribeLogGroupsOutput;
  return logGroups.find((each) => each.logGroupName === name);
}

function stateOf(name: string, { region, account }: ResourceContext): ResourceState {
  return { id: name, attributes: { Arn: `arn:aws:logs:${region}:${account}:log-group:${name}:*` } };
}

async function setRetention(name: string, properties: Properties, context: ResourceContext): Promise<void> {
  const days = properties["RetentionInDays"];
  if (days === undefined) await context.call("logs", "DeleteRetentionPolicy", { logGroupName: name });
  else await context.call("logs", "PutRetentionPolicy", { logGroupName: name, retentionInDays: Number(days) });
}

async function setTags(
  name: string,
  wanted: Readonly<Record<string, string>>,
  context: ResourceContext,
): Promise<void> {
  const { tags = {} } = (await context.call("logs", "ListTagsLogGroup", {
    logGroupName: name,
  })) as ListTagsLogGroupOutput;
  const gone = Object.keys(tags).filter((key) => !Object.hasOwn(wanted, key));
  if (gone.length > 0) await context.call("logs", "UntagLogGroup", { logGroupName: name, tags: gone });
  if (Object.keys(wanted).length > 0) await context.call("logs", "TagLogGroup", { logGroupName: name, tags: wanted });
}

function tagsOf(properties: Properties, context: ResourceContext): Readonly<Record<string, string>> | undefined {
  const own = (properties["Tags"] as readonly Tag[] | undefined) ?? [];
  const all = [...context.tags, ...own];
  return all.length === 0 ? undefined : Object.fromEntries(all.map((tag) => [tag.Key, tag.Value]));
}
