// Waiting until all is done, without sleeps.
import { expect, test } from "hangar/vitest";
import { place } from "./place.ts";

// docs: settle
test("ten orders get ten receipts", async ({ stack, aws, cloud }) => {
  for (let id = 0; id < 10; id += 1) await place(cloud, String(id));
  await cloud.settle();
  const { KeyCount } = await aws.s3.listObjectsV2({ Bucket: stack.outputs.Receipts });
  expect(KeyCount).toBe(10);
});

// docs: settle-until
test("settle() answers what `until` answers", async ({ stack, aws, cloud }) => {
  await place(cloud, "7");
  const receipt = await cloud.settle({
    until: () => aws.s3.getObject({ Bucket: stack.outputs.Receipts, Key: "7.txt" }),
  });
  expect(receipt.ContentLength).toBe(4);
});
