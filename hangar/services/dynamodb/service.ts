// DynamoDB: what it has, at a glance.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { backupOperations } from "./contents/backup-operations.ts";
import { insightsOperations } from "./contents/insights-operations.ts";
import { globalTableOperations } from "./contents/global-table-operations.ts";
import { constraintsBroken } from "./errors.ts";
import { kinesisOperations } from "./contents/kinesis-operations.ts";
import { batchExecuteStatement } from "./operations/batch-execute-statement.ts";
import { batchGetItem } from "./operations/batch-get-item.ts";
import { batchWriteItem } from "./operations/batch-write-item.ts";
import { createTable } from "./operations/create-table.ts";
import { deleteItem } from "./operations/delete-item.ts";
import { deleteResourcePolicy } from "./operations/delete-resource-policy.ts";
import { deleteTable } from "./operations/delete-table.ts";
import { describeEndpoints } from "./operations/describe-endpoints.ts";
import { describeLimits } from "./operations/describe-limits.ts";
import { describeTable } from "./operations/describe-table.ts";
import { describeTimeToLive } from "./operations/describe-time-to-live.ts";
import { executeStatement } from "./operations/execute-statement.ts";
import { executeTransaction } from "./operations/execute-transaction.ts";
import { getItem } from "./operations/get-item.ts";
import { getResourcePolicy } from "./operations/get-resource-policy.ts";
import { listTables } from "./operations/list-tables.ts";
import { listTagsOfResource } from "./operations/list-tags-of-resource.ts";
import { putItem } from "./operations/put-item.ts";
import { putResourcePolicy } from "./operations/put-resource-policy.ts";
import { query } from "./operations/query.ts";
import { scan } from "./operations/scan.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { transactGetItems } from "./operations/transact-get-items.ts";
import { transactWriteItems } from "./operations/transact-write-items.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateItem } from "./operations/update-item.ts";
import { updateTable } from "./operations/update-table.ts";
import { updateTimeToLive } from "./operations/update-time-to-live.ts";
import { streamsPort, tableStreamsPort } from "./port.ts";
import { globalTable } from "./resources/global-table.ts";
import { table } from "./resources/table.ts";
import { tables } from "./store.ts";
import { catchUpIndex } from "./workers/catch-up-index.ts";
import { checkKey } from "./workers/check-key.ts";
import { expireBackup } from "./workers/expire-backup.ts";
import { expireItems } from "./workers/expire-items.ts";
import { finishDeletion } from "./workers/finish-deletion.ts";
import { replicateItem } from "./workers/replicate-item.ts";
import { runExport } from "./workers/run-export.ts";
import { runImport } from "./workers/run-import.ts";
import { streamToKinesis } from "./workers/stream-to-kinesis.ts";
import { trimStream } from "./workers/trim-stream.ts";

export const service = defineService({
  name: "dynamodb",
  tables,
  operations: {
    ...backupOperations,
    ...kinesisOperations,
    ...insightsOperations,
    ...globalTableOperations,
    BatchExecuteStatement: batchExecuteStatement,
    BatchGetItem: batchGetItem,
    BatchWriteItem: batchWriteItem,
    CreateTable: createTable,
    DeleteItem: deleteItem,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteTable: deleteTable,
    DescribeEndpoints: describeEndpoints,
    DescribeLimits: describeLimits,
    DescribeTable: describeTable,
    DescribeTimeToLive: describeTimeToLive,
    ExecuteStatement: executeStatement,
    ExecuteTransaction: executeTransaction,
    GetItem: getItem,
    GetResourcePolicy: getResourcePolicy,
    ListTables: listTables,
    ListTagsOfResource: listTagsOfResource,
    PutItem: putItem,
    PutResourcePolicy: putResourcePolicy,
    Query: query,
    Scan: scan,
    TagResource: tagResource,
    TransactGetItems: transactGetItems,
    TransactWriteItems: transactWriteItems,
    UntagResource: untagResource,
    UpdateItem: updateItem,
    UpdateTable: updateTable,
    UpdateTimeToLive: updateTimeToLive,
  },
  access,
  validationFailed: constraintsBroken,
  resources: [table, globalTable],
  provides: { streams: streamsPort, tableStreams: tableStreamsPort },
  workers: {
    "catch-up-index": catchUpIndex,
    "check-key": checkKey,
    "expire-backup": expireBackup,
    "expire-items": expireItems,
    "finish-deletion": finishDeletion,
    "replicate-item": replicateItem,
    "run-export": runExport,
    "run-import": runImport,
    "stream-to-kinesis": streamToKinesis,
    "trim-stream": trimStream,
  },
});
