// Describes a table. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html

import type { DescribeTableInput, DescribeTableOutput } from "../../../models/dynamodb.d.ts";
import { findNamedTable } from "../engine/find-table.ts";
import { replicasOf } from "../engine/replicas.ts";
import { measured } from "../engine/table-rows.ts";
import { statusOf } from "../rules/table-state.ts";
import { describe } from "../rules/table-description.ts";
import { operation } from "../store.ts";

export const describeTable = operation<DescribeTableInput, DescribeTableOutput>((input, context) => {
  const { table, store } = findNamedTable(context, input.TableName);
  const replicas = replicasOf(context, table).map((replica) => replica.table);
  const now = context.clock.now();
  return { Table: describe(measured(context, store, table), { status: statusOf(table, now), replicas, now }) };
});
