// What each operation needs: IAM actions on table, index, backup and stream ARNs, and DynamoDB's condition keys.

import { formatArn, parseArn } from "../../kernel/arn.ts";
import type { AccessNeed } from "../../ports/access.ts";
import type { ReplicationGroupUpdate } from "../../models/dynamodb.d.ts";
import {
  onAll,
  onArn,
  onTable,
  onTableOrIndex,
  tableNeed,
  textIn,
  type Input,
  type Named,
  type Rule,
} from "./engine/access-needs.ts";
import { backupAccess } from "./engine/backup-access.ts";
import { tableOf } from "./engine/partiql.ts";
import { replicaNeeds } from "./rules/replica-needs.ts";
import { attributesOf, enclosing, leadingKeys } from "./rules/condition-keys.ts";
import { statementConditions } from "./rules/partiql/condition-keys.ts";
import { readStatement, type StatementInput } from "./rules/partiql/statement-of.ts";
import { tagsOf, type Tag } from "./rules/tag-conditions.ts";
import type { DynamoContext, Item } from "./store.ts";

/** A list of tables is asked of all there may be. */
const listTables: Rule = (_input, { account, region }) => [
  {
    action: "dynamodb:ListTables",
    resource: formatArn({ service: "dynamodb", region, account, resource: "table/*" }),
  },
];

/** Reads and writes of items, with the keys and attributes they touch. */
function onItems(action: string): Rule {
  return (input: Input, context) => {
    const table = textIn(input, "TableName") ?? "";
    const conditions = () => ({ ...leadingKeys(context, table, input), ...attributesOf(input, action) });
    return [tableNeed(context, action, table, { conditions, index: textIn(input, "IndexName") })];
  };
}

/** What a batch or transaction as a whole says, for each of its parts. */
type Whole = { readonly ReturnConsumedCapacity?: string | undefined };

const batchGet: Rule = (
  input: Whole & { readonly RequestItems?: Readonly<Record<string, Input & { readonly Keys?: readonly Item[] }>> },
  context,
) =>
  Object.entries(input.RequestItems ?? {}).map(([table, request]) =>
    tableNeed(context, "BatchGetItem", table, {
      conditions: () => ({
        ...leadingKeys(context, table, { Keys: request.Keys }),
        ...attributesOf({ ...request, ReturnConsumedCapacity: input.ReturnConsumedCapacity }, "BatchGetItem"),
      }),
    }),
  );

const batchWrite: Rule = (
  input: Whole & { readonly RequestItems?: Readonly<Record<string, readonly Input[]>> },
  context,
) =>
  Object.entries(input.RequestItems ?? {}).map(([table, requests]) => {
    const items = requests.map((request) => (request["PutRequest"] ?? request["DeleteRequest"] ?? {}) as Input);
    return tableNeed(context, "BatchWriteItem", table, {
      conditions: () => ({
        ...leadingKeys(context, table, { Items: items.map((each) => each["Item"] ?? each["Key"]) }),
        ...attributesOf({
          Items: items.map((each) => each["Item"] ?? each["Key"]),
          ReturnConsumedCapacity: input.ReturnConsumedCapacity,
        }),
      }),
    });
  });

const TRANSACT_ACTIONS: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
};

/** A transaction needs each of its parts. */
function transaction(operation: string): Rule {
  return (
    input: Whole & { readonly TransactItems?: readonly Readonly<Record<string, Input | undefined>>[] },
    context,
  ) =>
    (input.TransactItems ?? []).flatMap((item) =>
      Object.entries(item).flatMap(([kind, part]) => {
        const action = TRANSACT_ACTIONS[kind];
        if (part === undefined || action === undefined) return [];
        const table = textIn(part, "TableName") ?? "";
        return [
          tableNeed(context, action, table, {
            conditions: () => ({
              ...leadingKeys(context, table, part),
              ...attributesOf({ ...part, ReturnConsumedCapacity: input.ReturnConsumedCapacity }, action),
              ...enclosing(operation),
            }),
          }),
        ];
      }),
    );
}

const PARTIQL_ACTIONS: Readonly<Record<string, string>> = {
  select: "PartiQLSelect",
  exists: "PartiQLSelect",
  insert: "PartiQLInsert",
  update: "PartiQLUpdate",
  delete: "PartiQLDelete",
};

/** A statement that cannot be read is the operation's to refuse. */
function statementNeeds(context: DynamoContext, input: StatementInput): readonly AccessNeed[] {
  try {
    const statement = readStatement(input);
    const index = statement.kind === "select" ? statement.index : undefined;
    const conditions = () => statementConditions(context, statement, context.operation);
    return [tableNeed(context, PARTIQL_ACTIONS[statement.kind] ?? "", tableOf(statement), { index, conditions })];
  } catch {
    return [];
  }
}

/** The table of that name in another region. */
function replicaNeed(context: DynamoContext, need: AccessNeed, { action, region }: { action: string; region: string }) {
  const { account, resource } = parseArn(need.resource) ?? { account: context.account, resource: "" };
  return tableNeed(context, action, formatArn({ service: "dynamodb", region, account, resource }));
}

/** What ReplicaUpdates do in other regions needs leave there. */
const updateTable: Rule = (
  input: Named & { readonly ReplicaUpdates?: readonly ReplicationGroupUpdate[] | undefined },
  context,
) => {
  const need = tableNeed(context, "UpdateTable", input.TableName ?? "");
  if (input.ReplicaUpdates === undefined) return [need];
  return [need, ...replicaNeeds(input.ReplicaUpdates).map((each) => replicaNeed(context, need, each))];
};

/** A setting that changes in all regions of a global table needs leave in each. */
function onAllReplicas(action: string): Rule {
  return (input: Named, context) => {
    const need = tableNeed(context, action, input.TableName ?? "");
    const { account, region, resource } = parseArn(need.resource) ?? { ...context, resource: "" };
    const { global } = context.storeAt(account, region).tables.get(resource.slice("table/".length)) ?? {};
    return [need, ...(global?.others ?? []).map((each) => replicaNeed(context, need, { action, region: each }))];
  };
}

function onGlobalTable(action: string): Rule {
  return ({ GlobalTableName: name }: { readonly GlobalTableName: string }, { account }) => [
    {
      action: `dynamodb:${action}`,
      resource: formatArn({ service: "dynamodb", region: "", account, resource: `global-table/${name}` }),
    },
  ];
}

export const access: Readonly<Record<string, Rule>> = {
  GetItem: onItems("GetItem"),
  PutItem: onItems("PutItem"),
  UpdateItem: onItems("UpdateItem"),
  DeleteItem: onItems("DeleteItem"),
  Query: onItems("Query"),
  Scan: onItems("Scan"),
  BatchGetItem: batchGet,
  BatchWriteItem: batchWrite,
  TransactGetItems: transaction("TransactGetItems"),
  TransactWriteItems: transaction("TransactWriteItems"),
  ExecuteStatement: (input: StatementInput, context) => statementNeeds(context, input),
  BatchExecuteStatement: (input: { readonly Statements?: readonly StatementInput[] }, context) =>
    (input.Statements ?? []).flatMap((statement) => statementNeeds(context, statement)),
  ExecuteTransaction: (input: { readonly TransactStatements?: readonly StatementInput[] }, context) =>
    (input.TransactStatements ?? []).flatMap((statement) => statementNeeds(context, statement)),
  CreateTable: (
    input: {
      readonly TableName: string;
      readonly Tags?: readonly Tag[] | undefined;
      readonly ResourcePolicy?: string | undefined;
    },
    context,
  ) => {
    const need = tableNeed(context, "CreateTable", input.TableName, { conditions: () => tagsOf(input) });
    const also = [
      ...((input.Tags ?? []).length > 0 ? ["dynamodb:TagResource"] : []),
      ...(input.ResourcePolicy === undefined ? [] : ["dynamodb:PutResourcePolicy"]),
    ];
    return [need, ...also.map((action) => ({ ...need, action }))];
  },
  DescribeTable: onTable("DescribeTable"),
  UpdateTable: updateTable,
  DeleteTable: onTable("DeleteTable"),
  ListTables: listTables,
  CreateGlobalTable: onGlobalTable("CreateGlobalTable"),
  UpdateGlobalTable: onGlobalTable("UpdateGlobalTable"),
  DescribeGlobalTable: onGlobalTable("DescribeGlobalTable"),
  DescribeGlobalTableSettings: onGlobalTable("DescribeGlobalTableSettings"),
  UpdateGlobalTableSettings: onGlobalTable("UpdateGlobalTableSettings"),
  ListGlobalTables: onAll("ListGlobalTables"),
  DescribeTableReplicaAutoScaling: onTable("DescribeTableReplicaAutoScaling"),
  UpdateTableReplicaAutoScaling: onAllReplicas("UpdateTableReplicaAutoScaling"),
  DescribeKinesisStreamingDestination: onTable("DescribeKinesisStreamingDestination"),
  DisableKinesisStreamingDestination: onTable("DisableKinesisStreamingDestination"),
  EnableKinesisStreamingDestination: onTable("EnableKinesisStreamingDestination"),
  UpdateKinesisStreamingDestination: onTable("UpdateKinesisStreamingDestination"),
  DescribeTimeToLive: onTable("DescribeTimeToLive"),
  UpdateTimeToLive: onAllReplicas("UpdateTimeToLive"),
  DescribeContributorInsights: onTableOrIndex("DescribeContributorInsights"),
  UpdateContributorInsights: onTableOrIndex("UpdateContributorInsights"),
  ListContributorInsights: onAll("ListContributorInsights"),
  DescribeLimits: onAll("DescribeLimits"),
  DescribeEndpoints: onAll("DescribeEndpoints"),
  ListTagsOfResource: onArn("ListTagsOfResource", "ResourceArn"),
  TagResource: onArn("TagResource", "ResourceArn"),
  UntagResource: onArn("UntagResource", "ResourceArn"),
  GetResourcePolicy: onArn("GetResourcePolicy", "ResourceArn"),
  PutResourcePolicy: onArn("PutResourcePolicy", "ResourceArn"),
  DeleteResourcePolicy: onArn("DeleteResourcePolicy", "ResourceArn"),
  ...backupAccess,
};
