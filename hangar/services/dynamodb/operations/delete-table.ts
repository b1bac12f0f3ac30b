// Deletes a table and its items. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html

import type { DeleteTableInput, DeleteTableOutput } from "../../../models/dynamodb.d.ts";
import { keepDeleted } from "../engine/backups.ts";
import { findNamedTable } from "../engine/find-table.ts";
import { dropTable } from "../engine/table-rows.ts";
import { validation } from "../errors.ts";
import { describe } from "../rules/table-description.ts";
import { operation } from "../store.ts";

export const deleteTable = operation<DeleteTableInput, DeleteTableOutput>((input, context) => {
  const { table, store } = findNamedTable(context, input.TableName);
  if (table.deletionProtection)
    throw validation(
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    );
  keepDeleted(context, store, table);
  dropTable(context, store, table);
  const {
    TableName,
    ProvisionedThroughput,
    TableSizeBytes,
    ItemCount,
    TableArn,
    TableId,
    DeletionProtectionEnabled,
    BillingModeSummary,
  } = describe(table);
  return {
    TableDescription: {
      TableName,
      TableStatus: "DELETING",
      ProvisionedThroughput,
      BillingModeSummary,
      TableSizeBytes,
      ItemCount,
      TableArn,
      TableId,
      DeletionProtectionEnabled,
    },
  };
});
