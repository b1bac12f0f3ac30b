// The operations on global tables of both versions, but UpdateTable.

import { createGlobalTable } from "../operations/create-global-table.ts";
import { describeGlobalTable } from "../operations/describe-global-table.ts";
import { describeGlobalTableSettings } from "../operations/describe-global-table-settings.ts";
import { describeTableReplicaAutoScaling } from "../operations/describe-table-replica-auto-scaling.ts";
import { listGlobalTables } from "../operations/list-global-tables.ts";
import { updateGlobalTable } from "../operations/update-global-table.ts";
import { updateGlobalTableSettings } from "../operations/update-global-table-settings.ts";
import { updateTableReplicaAutoScaling } from "../operations/update-table-replica-auto-scaling.ts";

export const globalTableOperations = {
  CreateGlobalTable: createGlobalTable,
  DescribeGlobalTable: describeGlobalTable,
  DescribeGlobalTableSettings: describeGlobalTableSettings,
  DescribeTableReplicaAutoScaling: describeTableReplicaAutoScaling,
  ListGlobalTables: listGlobalTables,
  UpdateGlobalTable: updateGlobalTable,
  UpdateGlobalTableSettings: updateGlobalTableSettings,
  UpdateTableReplicaAutoScaling: updateTableReplicaAutoScaling,
};
