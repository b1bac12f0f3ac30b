// Transactions do all or nothing, and say of each part why: checked against a plain map.

import {
  CreateTableCommand,
  DynamoDBClient,
  ScanCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItem,
} from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
let made = 0;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "transaction-model" });
  client = new DynamoDBClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

type Part = {
  readonly kind: "Put" | "Update" | "Delete" | "ConditionCheck";
  readonly pk: string;
  readonly n: number;
  readonly condition: "there" | "gone" | "equal" | undefined;
};

const part: fc.Arbitrary<Part> = fc.record({
  kind: fc.constantFrom("Put", "Update", "Delete", "ConditionCheck"),
  pk: fc.constantFrom("a", "b", "c", "d"),
  n: fc.integer({ min: 0, max: 2 }),
  condition: fc.constantFrom("there", "gone", "equal", undefined),
});
const transaction = fc.uniqueArray(part, { minLength: 1, maxLength: 4, selector: ({ pk }) => pk });
const CONDITIONS = { there: "attribute_exists(pk)", gone: "attribute_not_exists(pk)", equal: "n = :n" };

function asRequest({ kind, pk, n, condition: given }: Part, TableName: string): TransactWriteItem {
  const condition = given ?? (kind === "ConditionCheck" ? "there" : undefined);
  const conditions = {
    ...(condition !== undefined && { ConditionExpression: CONDITIONS[condition] }),
    ...((condition === "equal" || kind === "Update") && {
      ExpressionAttributeValues: {
        ...(condition === "equal" && { ":n": { N: String(n) } }),
        ...(kind === "Update" && { ":one": { N: "1" } }),
      },
    }),
  };
  const Key = { pk: { S: pk } };
  if (kind === "Put") return { Put: { TableName, Item: { ...Key, n: { N: String(n) } }, ...conditions } };
  if (kind === "Update") return { Update: { TableName, Key, UpdateExpression: "ADD n :one", ...conditions } };
  if (kind === "Delete") return { Delete: { TableName, Key, ...conditions } };
  return { ConditionCheck: { TableName, Key, ConditionExpression: "", ...conditions } };
}

function holds({ kind, pk, n, condition }: Part, items: ReadonlyMap<string, number>): boolean {
  const there = items.has(pk);
  if (condition === "there" || (condition === undefined && kind === "ConditionCheck")) return there;
  if (condition === "gone") return !there;
  return condition === undefined || items.get(pk) === n;
}

function apply({ kind, pk, n }: Part, items: Map<string, number>): void {
  if (kind === "Put") items.set(pk, n);
  else if (kind === "Delete") items.delete(pk);
  else if (kind === "Update") items.set(pk, (items.get(pk) ?? 0) + 1);
}

async function send(parts: readonly Part[], TableName: string): Promise<readonly (string | undefined)[] | undefined> {
  try {
    const TransactItems = parts.map((each) => asRequest(each, TableName));
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    return undefined;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    return error.CancellationReasons?.map(({ Code }) => Code);
  }
}

test("a transaction is done whole, or not at all with a reason for each part in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(transaction, { minLength: 1, maxLength: 8 }), async (transactions) => {
      const TableName = `Run${(made += 1)}`;
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
          KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        }),
      );
      const items = new Map<string, number>();
      for (const parts of transactions) {
        const met = parts.map((each) => holds(each, items));
        const reasons = met.every(Boolean) ? undefined : met.map((is) => (is ? "None" : "ConditionalCheckFailed"));
        expect(await send(parts, TableName)).toEqual(reasons);
        if (reasons === undefined) for (const each of parts) apply(each, items);
      }
      const { Items } = await client.send(new ScanCommand({ TableName }));
      expect(new Map(Items?.map(({ pk, n }) => [pk?.S, Number(n?.N)]))).toEqual(items);
    }),
    { numRuns: 60 },
  );
});
