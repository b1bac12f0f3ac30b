// AWS::DynamoDB::Table. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { applyChanges, caller } from "./table-changes.ts";
import { IMPORTED, importTable } from "./table-import.ts";
import { createInput, same, tags } from "./table-properties.ts";
import { readTable } from "./table-read.ts";

type Json = Readonly<Record<string, unknown>>;

/** Longest table name. */
const MAX_NAME = 255;

/** What CreateTable does not take: done to the new table, one by one. */
const LATER = ["TimeToLiveSpecification", "PointInTimeRecoverySpecification", "KinesisStreamSpecification"] as const;

function tableState(description: Json): ResourceState {
  const stream = description["LatestStreamArn"];
  const enabled = description["StreamSpecification"] !== undefined;
  return {
    id: String(description["TableName"]),
    attributes: {
      Arn: description["TableArn"],
      TableId: description["TableId"],
      ...(enabled && { StreamArn: stream }),
    },
  };
}

export async function describeState(name: string, context: ResourceContext): Promise<ResourceState> {
  const { Table } = await caller(context)("DescribeTable", { TableName: name });
  return tableState(Table as Json);
}

export async function deleteTableResource(name: string, context: ResourceContext): Promise<void> {
  await unlessGone(caller(context)("DeleteTable", { TableName: name }));
}

export async function createTableResource(properties: Properties, context: ResourceContext): Promise<ResourceState> {
  const name = typeof properties["TableName"] === "string" ? properties["TableName"] : context.physicalName(MAX_NAME);
  if (properties["ImportSourceSpecification"] !== undefined) return importedTable(name, properties, context);
  const { TableDescription } = await caller(context)("CreateTable", createInput(name, properties, context));
  const state = tableState(TableDescription as Json);
  // The table is there now: what else is asked for is a change to it.
  const previous = Object.fromEntries(
    Object.entries(properties).filter(([property]) => !LATER.some((later) => later === property)),
  );
  const stream = previous["StreamSpecification"] as Json | undefined;
  if (stream !== undefined) previous["StreamSpecification"] = { StreamViewType: stream["StreamViewType"] };
  await applyChanges({ name, arn: String(state.attributes["Arn"]), properties, previous }, context);
  return state;
}

async function importedTable(name: string, properties: Properties, context: ResourceContext): Promise<ResourceState> {
  const state = tableState(await importTable(name, properties, context));
  const arn = String(state.attributes["Arn"]);
  const given = tags(properties, context);
  if (given.length > 0) await caller(context)("TagResource", { ResourceArn: arn, Tags: given });
  const done = [...IMPORTED, "ImportSourceSpecification", "Tags"];
  const previous = Object.fromEntries(Object.entries(properties).filter(([property]) => done.includes(property)));
  await applyChanges({ name, arn, properties, previous }, context);
  return describeState(name, context);
}

export const table: ResourceType = {
  type: "AWS::DynamoDB::Table",
  properties: [
    "TableName",
    "AttributeDefinitions",
    "KeySchema",
    "BillingMode",
    "ProvisionedThroughput",
    "OnDemandThroughput",
    "WarmThroughput",
    "LocalSecondaryIndexes",
    "GlobalSecondaryIndexes",
    "StreamSpecification",
    "KinesisStreamSpecification",
    "SSESpecification",
    "TimeToLiveSpecification",
    "PointInTimeRecoverySpecification",
    "ContributorInsightsSpecification",
    "ImportSourceSpecification",
    "TableClass",
    "DeletionProtectionEnabled",
    "ResourcePolicy",
    "Tags",
  ],
  create: createTableResource,
  async update(state, properties, previous, context) {
    await applyChanges({ name: state.id, arn: String(state.attributes["Arn"]), properties, previous }, context);
    return describeState(state.id, context);
  },
  delete: (state, _properties, context) => deleteTableResource(state.id, context),
  replaces: (properties, previous) =>
    !same(properties["LocalSecondaryIndexes"], previous["LocalSecondaryIndexes"]) ||
    !same(properties["ImportSourceSpecification"], previous["ImportSourceSpecification"]) ||
    retyped(properties["AttributeDefinitions"], previous["AttributeDefinitions"]),
  read: (id, context) => unlessGone(readTable(id, caller(context))),
};

/** An attribute that is defined otherwise than before: new ones and ones left out do not count. */
function retyped(properties: unknown, previous: unknown): boolean {
  const types = new Map(
    ((previous ?? []) as readonly Json[]).map((each) => [each["AttributeName"], each["AttributeType"]]),
  );
  return ((properties ?? []) as readonly Json[]).some(({ AttributeName, AttributeType }) => {
    const before = types.get(AttributeName);
    return before !== undefined && before !== AttributeType;
  });
}
