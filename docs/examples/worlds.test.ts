// A world per test, and forks of it.
import { expect, test } from "hangar/vitest";
import { place } from "./place.ts";

// docs: own-world
for (const id of ["7", "8"])
  test.concurrent(`order ${id} is the only one in its world`, async ({ stack, aws }) => {
    const TableName = stack.outputs.Orders;
    await aws.dynamodb.putItem({ TableName, Item: { id: { S: id } } });
    const { Items } = await aws.dynamodb.scan({ TableName });
    expect(Items).toEqual([{ id: { S: id } }]);
  });

// docs: fork
test("two ways to go on from one state", async ({ stack, aws, cloud }) => {
  const TableName = stack.outputs.Orders;
  const Key = { id: { S: "7" } };
  await place(cloud, "7");
  await cloud.settle();

  const cancelled = await cloud.fork();
  await cancelled.aws.dynamodb.deleteItem({ TableName, Key });

  expect(await cancelled.aws.dynamodb.getItem({ TableName, Key })).not.toHaveProperty("Item");
  expect(await aws.dynamodb.getItem({ TableName, Key })).toHaveProperty("Item");
});
