// Makes a table. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html

import { formatArn } from "../../../kernel/arn.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import type { CreateTableInput, CreateTableOutput } from "../../../models/dynamodb.d.ts";
import { checkAccountUnits, checkTableCount } from "../engine/account-limits.ts";
import { checkTableName, placeOf } from "../engine/find-table.ts";
import { roleIsThere } from "../engine/resource-policy.ts";
import { openStream } from "../engine/stream-writer.ts";
import { newIndex, newStorage, throughputOf } from "../engine/table-rows.ts";
import { checkAtOnce, isTimed } from "../engine/table-states.ts";
import { keyForTable } from "../engine/table-key.ts";
import { constraint, inUse, invalidParameter, resourceInUse } from "../errors.ts";
import { checkNewCapacity } from "../rules/new-capacity.ts";
import { checkPolicyDocument } from "../rules/policy-document.ts";
import { checkDefinition } from "../rules/table-definition.ts";
import { beingCreated, statusOf } from "../rules/table-state.ts";
import { describe } from "../rules/table-description.ts";
import { checkTags } from "../rules/tags.ts";
import { operation, type DynamoContext, type TableRow } from "../store.ts";

export const createTable = operation<CreateTableInput, CreateTableOutput>(async (input, context) => {
  const { name } = placeOf(context, input.TableName);
  checkTableName(name);
  if (input.VectorIndexes !== undefined) throw notEmulated("vector indexes of DynamoDB tables");
  if (input.GlobalTableSourceArn !== undefined || input.GlobalTableSettingsReplicationMode !== undefined)
    throw notEmulated("DynamoDB global tables across accounts");
  const { AttributeDefinitions, KeySchema } = input;
  if (AttributeDefinitions === undefined)
    throw constraint(undefined, "attributeDefinitions", "Member must not be null");
  if (KeySchema === undefined) throw constraint(undefined, "keySchema", "Member must not be null");
  checkDefinition({ ...input, AttributeDefinitions, KeySchema });
  checkNewCapacity(input, context.region);
  checkStream(input);
  checkTags(input.Tags ?? []);
  if (input.ResourcePolicy !== undefined) checkPolicyDocument(input.ResourcePolicy, "table", roleIsThere(context));
  checkNew(context, name);
  const sse = await keyForTable(context, input.SSESpecification);
  checkNew(context, name);
  const row = newTable(input, context, name);
  const withKey: TableRow = { ...row, sse };
  const table =
    input.StreamSpecification?.StreamEnabled === true
      ? openStream(context, context.store, withKey, input.StreamSpecification.StreamViewType ?? "")
      : withKey;
  checkAccountUnits(context.store, table);
  checkTableCount(context.store);
  const timed = isTimed(context);
  if (timed) checkAtOnce(context, context.store);
  context.store.tables.put(name, timed ? beingCreated(table, table.created) : table);
  return { TableDescription: describe(table, { status: "CREATING", indexStatus: "CREATING", fresh: true }) };
});

function checkNew(context: DynamoContext, name: string): void {
  const table = context.store.tables.get(name);
  if (table === undefined) return;
  if (statusOf(table, context.clock.now()) === "CREATING") throw inUse(`Table is being created: ${name}`);
  throw resourceInUse(`Table already exists: ${name}`);
}

function checkStream({ StreamSpecification: stream }: CreateTableInput): void {
  if (stream === undefined) return;
  if (stream.StreamEnabled && stream.StreamViewType === undefined)
    throw invalidParameter("Table is being created with a stream enabled, UpdateViewType is required");
  if (!stream.StreamEnabled && stream.StreamViewType !== undefined)
    throw invalidParameter("Table is being created with a stream disabled, UpdateViewType should not be specified");
}

export function newTable(input: CreateTableInput, context: DynamoContext, name: string): TableRow {
  const { account, region, clock, ids } = context;
  const now = clock.now();
  const indexes = [
    ...(input.LocalSecondaryIndexes ?? []).map((index) => newIndex(context, index, false)),
    ...(input.GlobalSecondaryIndexes ?? []).map((index) => newIndex(context, index, true)),
  ];
  const onDemand = input.BillingMode === "PAY_PER_REQUEST";
  return {
    name,
    id: ids.uuid(),
    arn: formatArn({ service: "dynamodb", region, account, resource: `table/${name}` }),
    account,
    region,
    storage: newStorage(context),
    created: now,
    attributes: (input.AttributeDefinitions ?? []).map(({ AttributeName, AttributeType }) => ({
      AttributeName,
      AttributeType,
    })),
    keys: (input.KeySchema ?? []).map(({ AttributeName, KeyType }) => ({ AttributeName, KeyType })),
    indexes,
    billing: onDemand ? "PAY_PER_REQUEST" : "PROVISIONED",
    onDemandSince: onDemand ? now : undefined,
    throughput: throughputOf(input.ProvisionedThroughput),
    onDemand: input.OnDemandThroughput,
    warm: input.WarmThroughput,
    tableClass: input.TableClass,
    deletionProtection: input.DeletionProtectionEnabled ?? false,
    tags: Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    policy: input.ResourcePolicy === undefined ? undefined : { document: input.ResourcePolicy, revision: String(now) },
    measured: { at: now, items: 0, bytes: 0, indexes: {} },
  };
}
