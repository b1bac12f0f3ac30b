// The plain API under Jest: one deployment a file, a fork for every test.
// docs: jest
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { startCloud } from "hangar";

let cloud, outputs;

beforeAll(async () => {
  cloud = await startCloud();
  [{ outputs }] = await cloud.deploy("cdk.out");
});
afterAll(() => cloud.close());

for (const id of ["7", "8"])
  test(`order ${id} gets a receipt, and sees no other`, async () => {
    await using world = cloud.fork();
    const sqs = new SQS(world.clientConfig());
    const s3 = new S3(world.clientConfig());
    await sqs.sendMessage({ QueueUrl: outputs.PlacedQueue, MessageBody: JSON.stringify({ id, item: "kite" }) });
    await world.settle();
    const { Contents } = await s3.listObjectsV2({ Bucket: outputs.Receipts });
    expect(Contents.map(({ Key }) => Key)).toEqual([`${id}.txt`]);
  });
// docs: end
