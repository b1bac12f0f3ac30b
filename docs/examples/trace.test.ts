// What happened in a test, as one tree.
import { expect, test } from "hangar/vitest";
import { place } from "./place.ts";

// docs: trace-matchers
test("an order becomes a row, by the handler, and nothing is denied", async ({ stack, cloud }) => {
  await place(cloud, "7");
  await cloud.settle();
  await expect(cloud.trace).toHaveDelivered(stack.outputs.KeepOrder, {}, { times: 1 });
  await expect(cloud.trace).toHaveCalled(
    "dynamodb:PutItem",
    { TableName: stack.outputs.Orders, Item: { id: { S: "7" } } },
    { by: stack.outputs.KeepOrderRole },
  );
  await expect(cloud.trace).not.toHaveDenied("*");
});

// docs: trace-tree
test("an order can be followed from the queue to the receipt", async ({ cloud }) => {
  await place(cloud, "7");
  await cloud.settle();
  const [sent] = await cloud.trace.tree();
  const handler = sent?.children.find(({ span }) => span.kind === "invocation");
  expect(sent?.span.name).toBe("sqs:SendMessage");
  expect(handler?.children.map(({ span }) => span.name)).toEqual(["dynamodb:PutItem", "s3:PutObject"]);
});
