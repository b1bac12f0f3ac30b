// A world as a folder: saved, loaded, compared; and back to the deployment.
import { diffSnapshots } from "hangar";
import { expect, test } from "hangar/vitest";
import { place } from "./place.ts";

// docs: snapshot
test("a saved world is there again", async ({ stack, aws, cloud }) => {
  const order = { TableName: stack.outputs.Orders, Key: { id: { S: "7" } } };
  await place(cloud, "7");
  await cloud.settle();
  await cloud.snapshot("one-order");

  await aws.dynamodb.deleteItem(order);
  await cloud.restore("one-order");
  expect(await aws.dynamodb.getItem(order)).toHaveProperty("Item");

  await cloud.reset();
  expect(await aws.dynamodb.getItem(order)).not.toHaveProperty("Item");
});

// docs: snapshot-diff
test("what keeping an order writes", async ({ cloud }) => {
  const before = await cloud.snapshot("before-the-order");
  await place(cloud, "7");
  await cloud.settle();
  const after = await cloud.snapshot("after-the-order");

  const { rows } = await diffSnapshots(before, after);
  const data = rows.filter(({ table }) => table === "items" || table === "objects");
  expect(data.map(({ service, change }) => `${service}: ${change}`)).toEqual(["dynamodb: added", "s3: added"]);
});
