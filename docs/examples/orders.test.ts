// The first suite: what a test of the shop looks like.
// docs: first-test
import { expect, test } from "hangar/vitest";

test("an order gets a receipt", async ({ stack, aws, cloud }) => {
  const order = { method: "POST", body: JSON.stringify({ id: "7", item: "kite" }) };
  const { status } = await fetch(`${stack.outputs.ApiUrl}orders`, order);
  expect(status).toBe(202);
  await cloud.settle();
  const receipt = await aws.s3.getObject({ Bucket: stack.outputs.Receipts, Key: "7.txt" });
  expect(await receipt.Body?.transformToString()).toBe("kite");
});
// docs: end
