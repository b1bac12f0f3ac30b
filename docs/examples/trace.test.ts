// What happened in a test, as one tree.
import { expect, test } from "hangar/vitest";
import { place } from "./place.ts";

// docs: trace-tree
test("an order can be followed from the queue to the receipt", async ({ cloud }) => {
  await place(cloud, "7");
  await cloud.settle();
  const [sent] = await cloud.trace.tree();
  const handler = sent?.children.find(({ span }) => span.kind === "invocation");
  expect(sent?.span.name).toBe("sqs:SendMessage");
  expect(handler?.children.map(({ span }) => span.name)).toEqual(["dynamodb:PutItem", "s3:PutObject"]);
});
