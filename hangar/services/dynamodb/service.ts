// DynamoDB: what it has, at a glance.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { batchExecuteStatement } from "./operations/batch-execute-statement.ts";
import { batchGetItem } from "./operations/batch-get-item.ts";
import { batchWriteItem } from "./operations/batch-write-item.ts";
import { createBackup } from "./operations/create-backup.ts";
import { createTable } from "./operations/create-table.ts";
import { deleteBackup } from "./operations/delete-backup.ts";
import { deleteItem } from "./operations/delete-item.ts";
import { deleteResourcePolicy } from "./operations/delete-resource-policy.ts";
import { deleteTable } from "./operations/delete-table.ts";
import { describeBackup } from "./operations/describe-backup.ts";
import { describeContinuousBackups } from "./operations/describe-continuous-backups.ts";
import { describeContributorInsights } from "./operations/describe-contributor-insights.ts";
import { describeEndpoints } from "./operations/describe-endpoints.ts";
import { describeLimits } from "./operations/describe-limits.ts";
import { describeTable } from "./operations/describe-table.ts";
import { describeTimeToLive } from "./operations/describe-time-to-live.ts";
import { executeStatement } from "./operations/execute-statement.ts";
import { executeTransaction } from "./operations/execute-transaction.ts";
import { getItem } from "./operations/get-item.ts";
import { getResourcePolicy } from "./operations/get-resource-policy.ts";
import { listBackups } from "./operations/list-backups.ts";
import { listTables } from "./operations/list-tables.ts";
import { listTagsOfResource } from "./operations/list-tags-of-resource.ts";
import { putItem } from "./operations/put-item.ts";
import { putResourcePolicy } from "./operations/put-resource-policy.ts";
import { query } from "./operations/query.ts";
import { restoreTableFromBackup } from "./operations/restore-table-from-backup.ts";
import { scan } from "./operations/scan.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { transactGetItems } from "./operations/transact-get-items.ts";
import { transactWriteItems } from "./operations/transact-write-items.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateContinuousBackups } from "./operations/update-continuous-backups.ts";
import { updateItem } from "./operations/update-item.ts";
import { updateTable } from "./operations/update-table.ts";
import { updateTimeToLive } from "./operations/update-time-to-live.ts";
import { streamsPort, tableStreamsPort } from "./port.ts";
import { globalTable } from "./resources/global-table.ts";
import { table } from "./resources/table.ts";
import { tables } from "./store.ts";
import { expireItems } from "./workers/expire-items.ts";
import { trimStream } from "./workers/trim-stream.ts";

export const service = defineService({
  name: "dynamodb",
  tables,
  operations: {
    BatchExecuteStatement: batchExecuteStatement,
    BatchGetItem: batchGetItem,
    BatchWriteItem: batchWriteItem,
    CreateBackup: createBackup,
    CreateTable: createTable,
    DeleteBackup: deleteBackup,
    DeleteItem: deleteItem,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteTable: deleteTable,
    DescribeBackup: describeBackup,
    DescribeContinuousBackups: describeContinuousBackups,
    DescribeContributorInsights: describeContributorInsights,
    DescribeEndpoints: describeEndpoints,
    DescribeLimits: describeLimits,
    DescribeTable: describeTable,
    DescribeTimeToLive: describeTimeToLive,
    ExecuteStatement: executeStatement,
    ExecuteTransaction: executeTransaction,
    GetItem: getItem,
    GetResourcePolicy: getResourcePolicy,
    ListBackups: listBackups,
    ListTables: listTables,
    ListTagsOfResource: listTagsOfResource,
    PutItem: putItem,
    PutResourcePolicy: putResourcePolicy,
    Query: query,
    RestoreTableFromBackup: restoreTableFromBackup,
    Scan: scan,
    TagResource: tagResource,
    TransactGetItems: transactGetItems,
    TransactWriteItems: transactWriteItems,
    UntagResource: untagResource,
    UpdateContinuousBackups: updateContinuousBackups,
    UpdateItem: updateItem,
    UpdateTable: updateTable,
    UpdateTimeToLive: updateTimeToLive,
  },
  access,
  resources: [table, globalTable],
  provides: { streams: streamsPort, tableStreams: tableStreamsPort },
  workers: { "expire-items": expireItems, "trim-stream": trimStream },
});
