// Deletes a table and its items. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html

import type { DeleteTableInput, DeleteTableOutput } from "../../../models/dynamodb.d.ts";
import { keepDeleted } from "../engine/backups.ts";
import { findNamedTable } from "../engine/find-table.ts";
import { leaveGlobalTable } from "../engine/leave-global-table.ts";
import { checkDeleted } from "../engine/replica-checks.ts";
import { replicasOf } from "../engine/replicas.ts";
import { dropTable } from "../engine/table-rows.ts";
import { checkAtOnce, deleteLater, isTimed } from "../engine/table-states.ts";
import { validation } from "../errors.ts";
import { checkDeletable } from "../rules/in-use.ts";
import { describe } from "../rules/table-description.ts";
import { operation } from "../store.ts";

export const deleteTable = operation<DeleteTableInput, DeleteTableOutput>((input, context) => {
  const found = findNamedTable(context, input.TableName);
  const { table, store } = found;
  const replicas = replicasOf(context, table).map((replica) => replica.table);
  if (table.global !== undefined) checkDeleted(context, { member: found, others: replicas });
  if (table.deletionProtection)
    throw validation(
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    );
  checkDeletable(table, context.clock.now());
  if (isTimed(context, table)) {
    checkAtOnce(context, store);
    deleteLater(context, store, table);
  } else {
    keepDeleted(context, store, table);
    if (table.global === undefined) dropTable(context, store, table);
    else leaveGlobalTable(context, found);
  }
  const {
    TableName,
    ProvisionedThroughput,
    TableSizeBytes,
    ItemCount,
    TableArn,
    TableId,
    DeletionProtectionEnabled,
    BillingModeSummary,
    GlobalTableVersion,
    Replicas,
  } = describe(table, { status: "DELETING", replicas });
  return {
    TableDescription: {
      TableName,
      TableStatus: "DELETING",
      ProvisionedThroughput,
      BillingModeSummary,
      GlobalTableVersion,
      Replicas,
      TableSizeBytes,
      ItemCount,
      TableArn,
      TableId,
      DeletionProtectionEnabled,
    },
  };
});
