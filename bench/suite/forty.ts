// A tenth of them at a time: tests that need the deployed shop, and to find nothing in it but what they put there.

import { expect } from "vitest";
import { test } from "./world.ts";
import type { Shop } from "./shop.ts";

async function place({ sqs, outputs }: Shop, id: string): Promise<void> {
  await sqs.sendMessage({ QueueUrl: outputs["PlacedQueue"], MessageBody: JSON.stringify({ id, item: "kite" }) });
}

async function receipts({ s3, outputs }: Shop): Promise<readonly (string | undefined)[]> {
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: outputs["Receipts"] });
  return Contents.map(({ Key }) => Key);
}

/** Five tests on one order. */
export function testsOfOrder(id: string): void {
  test(`${id}: an order over the API gets a receipt`, async ({ shop }) => {
    const body = JSON.stringify({ id, item: "kite" });
    const { status } = await fetch(`${shop.outputs["ApiUrl"]}orders`, { method: "POST", body });
    expect(status).toBe(202);
    await shop.settle();
    expect(await receipts(shop)).toEqual([`${id}.txt`]);
  });

  test(`${id}: an order is kept as it was placed`, async ({ shop }) => {
    await place(shop, id);
    await shop.settle();
    const { Items } = await shop.dynamodb.scan({ TableName: shop.outputs["Orders"] });
    expect(Items).toEqual([{ id: { S: id }, item: { S: "kite" }, expiresAt: { N: expect.any(String) } }]);
  });

  test(`${id}: two orders, two receipts`, async ({ shop }) => {
    await place(shop, id);
    await place(shop, `${id}-more`);
    await shop.settle();
    expect(await receipts(shop)).toEqual([`${id}-more.txt`, `${id}.txt`]);
  });

  test(`${id}: an order that is taken back leaves nothing`, async ({ shop }) => {
    await place(shop, id);
    await shop.settle();
    await shop.dynamodb.deleteItem({ TableName: shop.outputs["Orders"], Key: { id: { S: id } } });
    await shop.s3.deleteObject({ Bucket: shop.outputs["Receipts"], Key: `${id}.txt` });
    const { Count } = await shop.dynamodb.scan({ TableName: shop.outputs["Orders"] });
    expect([Count, await receipts(shop)]).toEqual([0, []]);
  });

  test(`${id}: what was put aside waits alone in its queue`, async ({ shop }) => {
    const QueueUrl = shop.outputs["FailedQueue"];
    await shop.sqs.sendMessage({ QueueUrl, MessageBody: id });
    const { Messages = [] } = await shop.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    expect(Messages.map(({ Body }) => Body)).toEqual([id]);
    await shop.sqs.deleteMessage({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle });
  });
}
