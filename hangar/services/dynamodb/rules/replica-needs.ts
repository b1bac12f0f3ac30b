// What a caller needs in other regions to change global tables. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html

import type { ReplicationGroupUpdate } from "../../../models/dynamodb.d.ts";

type Need = { readonly action: string; readonly region: string };

const CREATE = [
  "Scan",
  "CreateTable",
  "CreateTableReplica",
  "Query",
  "UpdateItem",
  "PutItem",
  "GetItem",
  "DeleteItem",
  "BatchWriteItem",
];
const DELETE = ["DeleteTable", "DeleteTableReplica"];

export function replicaNeeds(updates: readonly ReplicationGroupUpdate[]): readonly Need[] {
  return updates.flatMap(({ Create, Update, Delete }) => [
    ...of(CREATE, Create?.RegionName),
    ...of(["UpdateTable"], Update?.RegionName),
    ...of(DELETE, Delete?.RegionName),
  ]);
}

function of(actions: readonly string[], region: string | undefined): readonly Need[] {
  return region === undefined ? [] : actions.map((action) => ({ action, region }));
}
