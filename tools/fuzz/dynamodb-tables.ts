// The tables of the fuzz, and random settings of tables.

import type { Bag, Json, Parts } from "./dynamodb-values.ts";

export type FuzzRequest = { readonly operation: string; readonly body: string };

export function setUp(): FuzzRequest[] {
  const index = (IndexName: string, names: readonly string[], ProjectionType = "ALL"): Bag => ({
    IndexName,
    KeySchema: names.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? "HASH" : "RANGE" })),
    Projection: { ProjectionType },
  });
  const create = (TableName: string, attributes: Readonly<Record<string, string>>, more: Bag): FuzzRequest => ({
    operation: "CreateTable",
    body: JSON.stringify({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: Object.entries(attributes).map(([AttributeName, AttributeType]) => ({
        AttributeName,
        AttributeType,
      })),
      ...more,
    }),
  });
  const keys = (...names: string[]): Json => index("", names)["KeySchema"];
  return [
    create("Hash", { pk: "S" }, { KeySchema: keys("pk") }),
    create(
      "Both",
      { pk: "S", sk: "N", gk: "S", lk: "S" },
      {
        KeySchema: keys("pk", "sk"),
        GlobalSecondaryIndexes: [index("global", ["gk", "sk"], "KEYS_ONLY"), index("several", ["gk", "sk", "lk"])],
        LocalSecondaryIndexes: [index("local", ["pk", "lk"])],
        StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      },
    ),
    create("Bytes", { pk: "B", sk: "B" }, { KeySchema: keys("pk", "sk") }),
  ];
}

export function tableSettings(parts: Parts): Bag {
  const TableName = parts.pick(["Made1", "Made2", "Made3", "Hash", "Missing", "x", ""]);
  const keys = parts.times(3, () => ({ AttributeName: parts.name(), KeyType: parts.pick(["HASH", "RANGE", "NO"]) }));
  const index = (): Bag => ({
    IndexName: parts.pick(["one", "two", "x"]),
    KeySchema: parts.times(2, () => ({ AttributeName: parts.name(), KeyType: parts.pick(["HASH", "RANGE"]) })),
    Projection: { ProjectionType: parts.pick(["ALL", "KEYS_ONLY", "INCLUDE"]) },
  });
  return {
    TableName,
    AttributeDefinitions: keys.map(({ AttributeName }) => ({
      AttributeName,
      AttributeType: parts.pick(["S", "N", "B", "X"]),
    })),
    KeySchema: keys,
    ...(parts.chance(0.6) && { BillingMode: parts.pick(["PAY_PER_REQUEST", "PROVISIONED", "NO"]) }),
    ...(parts.chance(0.3) && {
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: parts.pick([1, 0, 1e13]) },
    }),
    ...(parts.chance(0.2) && { GlobalSecondaryIndexes: parts.times(2, index) }),
    ...(parts.chance(0.2) && { LocalSecondaryIndexes: parts.times(2, index) }),
    ...(parts.chance(0.2) && {
      StreamSpecification: { StreamEnabled: parts.chance(0.5), StreamViewType: "KEYS_ONLY" },
    }),
  };
}
