// Time moves when the test says so.
import { expect, test } from "hangar/vitest";
import { place } from "./place.ts";

// docs: clock-advance
test("an order that nobody pays is gone after 15 minutes", async ({ stack, aws, cloud }) => {
  const order = { TableName: stack.outputs.Orders, Key: { id: { S: "7" } } };
  await place(cloud, "7");
  await cloud.settle();
  await cloud.clock.advance("14 minutes");
  expect(await aws.dynamodb.getItem(order)).toHaveProperty("Item");
  await cloud.clock.advance("2 minutes");
  expect(await aws.dynamodb.getItem(order)).not.toHaveProperty("Item");
});

// docs: clock-visibility
test("a message comes back when its visibility timeout ends", async ({ stack, aws, cloud }) => {
  const QueueUrl = stack.outputs.FailedQueue;
  await aws.sqs.sendMessage({ QueueUrl, MessageBody: "again" });
  await aws.sqs.receiveMessage({ QueueUrl });
  expect(await aws.sqs.receiveMessage({ QueueUrl })).not.toHaveProperty("Messages");
  await cloud.clock.advance("30 seconds");
  expect((await aws.sqs.receiveMessage({ QueueUrl })).Messages).toHaveLength(1);
});

// docs: clock-hold
test("a held clock stands still, whatever the host's does", async ({ cloud }) => {
  await cloud.clock.hold();
  const before = await cloud.clock.now();
  await cloud.clock.advanceTo(before + 86_400_000);
  expect(await cloud.clock.now()).toBe(before + 86_400_000);
  await cloud.clock.release();
});
