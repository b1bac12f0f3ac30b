// The recorded client of DynamoDB, and a table as those tests had it.

import * as sdk from "@aws-sdk/client-dynamodb";
import { recorder } from "../recorded.ts";
import type { Session } from "../session.ts";
import { withBytesShown } from "../wire.ts";

export const recorded = recorder(
  import.meta.url,
  { service: "dynamodb", sdk, asShown: (_operation, members) => withBytesShown(members) as object },
  { settings: { dynamodb: { tableStates: "timed" } } },
);

export const TableName = "recorded";
const FIVE = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };

export function onKey(name: string, more: object = {}): object {
  return {
    TableName,
    KeySchema: [{ AttributeName: name, KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: name, AttributeType: "S" }],
    ProvisionedThroughput: FIVE,
    ...more,
  };
}

/** A table that may be used. */
export async function newTable(s: Session, name = "id", more: object = {}): Promise<void> {
  await s.do("CreateTable", onKey(name, more));
  await s.cloud.clock.advance("1 minute");
}

export const text = (S: string): object => ({ S });
