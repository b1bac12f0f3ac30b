// What each operation needs: IAM actions on table, index, backup and stream ARNs, and DynamoDB's condition keys.

import { formatArn, parseArn } from "../../kernel/arn.ts";
import type { AccessNeed } from "../../ports/access.ts";
import type { AccessRule } from "../../cloud/service.ts";
import type { ReplicationGroupUpdate } from "../../models/dynamodb.d.ts";
import { tableOf } from "./engine/partiql.ts";
import { replicaNeeds } from "./rules/replica-needs.ts";
import { attributesOf, enclosing, leadingKeys, type ConditionKeys } from "./rules/condition-keys.ts";
import { statementConditions } from "./rules/partiql/condition-keys.ts";
import { readStatement, type StatementInput } from "./rules/partiql/statement-of.ts";
import { resourceTags, tagsOf, type Tag } from "./rules/tag-conditions.ts";
import { streamPolicy } from "./engine/resource-policy.ts";
import type { DynamoContext, Item, Tables } from "./store.ts";

type Rule = AccessRule<Tables>;
type Named = { readonly TableName?: string | undefined };
type Input = Readonly<Record<string, unknown>>;

/** Conditions are worked out only for callers whose rights depend on them. */
type More = { readonly conditions?: (() => ConditionKeys) | undefined; readonly index?: string | undefined };

function textIn(input: Input, member: string): string | undefined {
  const value = input[member];
  return typeof value === "string" ? value : undefined;
}

/** ARN of a table given by name or ARN, with its own policy. */
function tableNeed(context: DynamoContext, action: string, given: string, more: More = {}): AccessNeed {
  const arn = given.startsWith("arn:")
    ? given
    : formatArn({ service: "dynamodb", region: context.region, account: context.account, resource: `table/${given}` });
  const parsed = arn === given ? parseArn(arn) : undefined;
  const name = arn === given ? (parsed?.resource.split("/")[1] ?? "") : given;
  const store = parsed === undefined ? context.store : context.storeAt(parsed.account, parsed.region);
  const table = store.tables.get(name);
  const { conditions } = more;
  return {
    action: `dynamodb:${action}`,
    resource: more.index === undefined ? arn : `${arn}/index/${more.index}`,
    // An index has its table's tags.
    moreConditions: () => ({ ...resourceTags(table?.tags), ...conditions?.() }),
    policy: table?.policy?.document,
    owner: parsed?.account,
  };
}

function onTable(action: string): Rule {
  return (input: Named, context) => [tableNeed(context, action, input.TableName ?? "")];
}

/** Operations that name an ARN of a table, index, stream or backup. */
function onArn(action: string, member: string): Rule {
  return (input: Input, context) => {
    const arn = textIn(input, member) ?? "*";
    const table = /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/[^/]+/.exec(arn)?.[0];
    if (table === undefined) return [{ action: `dynamodb:${action}`, resource: arn }];
    const need = tableNeed(context, action, table, { conditions: () => tagsOf(input) });
    if (!arn.includes("/stream/")) return [{ ...need, resource: arn }];
    return [{ action: need.action, resource: arn, owner: need.owner, policy: streamPolicy(context, arn) }];
  };
}

function onAll(action: string): Rule {
  return () => [{ action: `dynamodb:${action}`, resource: "*" }];
}

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

/** Whoever restores writes all items of the new table. */
function restored(context: DynamoContext, action: string, target: string): readonly AccessNeed[] {
  return [action, "BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"].map((each) =>
    tableNeed(context, each, target),
  );
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

const both =
  (first: Rule, second: Rule): Rule =>
  (input, context) => [...first(input as never, context), ...second(input as never, context)];

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
  DescribeTimeToLive: onTable("DescribeTimeToLive"),
  UpdateTimeToLive: onAllReplicas("UpdateTimeToLive"),
  DescribeContinuousBackups: onTable("DescribeContinuousBackups"),
  UpdateContinuousBackups: onTable("UpdateContinuousBackups"),
  DescribeContributorInsights: onTable("DescribeContributorInsights"),
  DescribeLimits: onAll("DescribeLimits"),
  DescribeEndpoints: onAll("DescribeEndpoints"),
  ListTagsOfResource: onArn("ListTagsOfResource", "ResourceArn"),
  TagResource: onArn("TagResource", "ResourceArn"),
  UntagResource: onArn("UntagResource", "ResourceArn"),
  GetResourcePolicy: onArn("GetResourcePolicy", "ResourceArn"),
  PutResourcePolicy: onArn("PutResourcePolicy", "ResourceArn"),
  DeleteResourcePolicy: onArn("DeleteResourcePolicy", "ResourceArn"),
  CreateBackup: onTable("CreateBackup"),
  DescribeBackup: onArn("DescribeBackup", "BackupArn"),
  DeleteBackup: onArn("DeleteBackup", "BackupArn"),
  ListBackups: onAll("ListBackups"),
  RestoreTableFromBackup: both(
    onArn("RestoreTableFromBackup", "BackupArn"),
    (input: { readonly TargetTableName: string }, context) =>
      restored(context, "RestoreTableFromBackup", input.TargetTableName),
  ),
  RestoreTableToPointInTime: (
    input: {
      readonly TargetTableName: string;
      readonly SourceTableArn?: string | undefined;
      readonly SourceTableName?: string | undefined;
    },
    context,
  ) => [
    tableNeed(context, "RestoreTableToPointInTime", input.SourceTableArn ?? input.SourceTableName ?? ""),
    ...restored(context, "RestoreTableToPointInTime", input.TargetTableName),
  ],
  ExportTableToPointInTime: onArn("ExportTableToPointInTime", "TableArn"),
  DescribeExport: onArn("DescribeExport", "ExportArn"),
  ListExports: onAll("ListExports"),
  ImportTable: (input: { readonly TableCreationParameters?: { readonly TableName: string } | undefined }, context) => {
    const need = tableNeed(context, "ImportTable", input.TableCreationParameters?.TableName ?? "");
    return [{ ...need, resource: `${need.resource}/import/*` }];
  },
  DescribeImport: onArn("DescribeImport", "ImportArn"),
  ListImports: onAll("ListImports"),
};
