// Says whether items expire, and by which attribute. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html

import type { DescribeTimeToLiveInput, DescribeTimeToLiveOutput } from "../../../models/dynamodb.d.ts";
import { findNamedTable } from "../engine/find-table.ts";
import { operation } from "../store.ts";

export const describeTimeToLive = operation<DescribeTimeToLiveInput, DescribeTimeToLiveOutput>((input, context) => {
  const { ttl } = findNamedTable(context, input.TableName).table;
  if (ttl?.enabled !== true) return { TimeToLiveDescription: { TimeToLiveStatus: "DISABLED" } };
  return { TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: ttl.attribute } };
});
