// Says whether items expire, and by which attribute. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html

import type { DescribeTimeToLiveInput, DescribeTimeToLiveOutput } from "../../../models/dynamodb.d.ts";
import { findNamedTable } from "../engine/find-table.ts";
import { validation } from "../errors.ts";
import { statusOf } from "../rules/table-state.ts";
import { operation } from "../store.ts";

export const describeTimeToLive = operation<DescribeTimeToLiveInput, DescribeTimeToLiveOutput>((input, context) => {
  const { table } = findNamedTable(context, input.TableName);
  const status = statusOf(table, context.clock.now());
  if (status === "CREATING" || status === "DELETING")
    throw validation(
      `Cannot describe time to live while table is in ${status} state: Current table state is ${status}`,
    );
  const { ttl } = table;
  if (ttl === undefined) return { TimeToLiveDescription: { TimeToLiveStatus: "DISABLED" } };
  const { enabled, until = 0, attribute: AttributeName } = ttl;
  if (context.clock.now() < until)
    return { TimeToLiveDescription: { TimeToLiveStatus: enabled ? "ENABLING" : "DISABLING", AttributeName } };
  return {
    TimeToLiveDescription: enabled ? { TimeToLiveStatus: "ENABLED", AttributeName } : { TimeToLiveStatus: "DISABLED" },
  };
});
