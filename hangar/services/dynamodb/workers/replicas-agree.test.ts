// Whatever is written where, all regions of a global table come to hold the same: random writes, through the real clients.

import { DeleteItemCommand, PutItemCommand, type AttributeValue } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { clientsOf, globalTable, itemsOf, REGIONS, type Clients, type Region } from "./test-cloud.ts";

let cloud: RunningCloud;
let clients: Clients;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "global" });
  cloud.clock.hold();
  clients = clientsOf(cloud);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const put = (region: Region, TableName: string, Item: Record<string, AttributeValue>) =>
  clients[region].send(new PutItemCommand({ TableName, Item }));

const remove = (region: Region, TableName: string, id: string) =>
  clients[region].send(new DeleteItemCommand({ TableName, Key: { id: { S: id } } }));

type Write = { readonly region: Region; readonly id: string; readonly value: number | undefined };

const write: fc.Arbitrary<Write> = fc.record({
  region: fc.constantFrom(...REGIONS),
  id: fc.constantFrom("a", "b", "c"),
  value: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
});

const byValue = {
  AttributeDefinitions: [
    { AttributeName: "id", AttributeType: "S" as const },
    { AttributeName: "value", AttributeType: "N" as const },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: "byValue",
      KeySchema: [{ AttributeName: "value", KeyType: "HASH" as const }],
      Projection: { ProjectionType: "ALL" as const },
    },
  ],
};

const run = (table: string, { region, id, value }: Write) =>
  value === undefined ? remove(region, table, id) : put(region, table, { id: { S: id }, value: { N: String(value) } });

test("whatever is written where at once, all regions come to hold the same", async () => {
  let tables = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(write, { minLength: 1, maxLength: 8 }), { maxLength: 4 }), async (rounds) => {
      tables += 1;
      const table = `Random-${tables}`;
      await globalTable(clients, table, byValue);
      for (const round of rounds) {
        await Promise.all(round.map((each) => run(table, each)));
        await cloud.settle();
        const expected = await itemsOf(clients["us-east-1"], table);
        for (const region of REGIONS) {
          expect(await itemsOf(clients[region], table)).toEqual(expected);
          expect(await itemsOf(clients[region], table, "byValue")).toEqual(expected);
        }
      }
    }),
    { numRuns: 60, seed: 20191121 },
  );
});

test("what is written one after the other is what all regions hold", async () => {
  let tables = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 20 }), async (writes) => {
      tables += 1;
      const table = `Ordered-${tables}`;
      await globalTable(clients, table, byValue);
      const expected: Record<string, unknown> = {};
      for (const each of writes) {
        await run(table, each);
        await cloud.settle();
        if (each.value === undefined) delete expected[each.id];
        else expected[each.id] = { id: { S: each.id }, value: { N: String(each.value) } };
      }
      for (const region of REGIONS) expect(await itemsOf(clients[region], table, "byValue")).toEqual(expected);
    }),
    { numRuns: 20, seed: 20191121 },
  );
});
