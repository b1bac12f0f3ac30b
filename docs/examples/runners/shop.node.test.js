// The plain API under node:test: one deployment a file, a fork for every test.
// docs: node-test
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { startCloud } from "hangar";

let cloud, outputs;

before(async () => {
  cloud = await startCloud();
  [{ outputs }] = await cloud.deploy("cdk.out");
});
after(() => cloud.close());

for (const id of ["7", "8"])
  test(`order ${id} gets a receipt, and sees no other`, { concurrency: true }, async () => {
    await using world = cloud.fork();
    const sqs = new SQS(world.clientConfig());
    const s3 = new S3(world.clientConfig());
    await sqs.sendMessage({ QueueUrl: outputs.PlacedQueue, MessageBody: JSON.stringify({ id, item: "kite" }) });
    await world.settle();
    const { Contents } = await s3.listObjectsV2({ Bucket: outputs.Receipts });
    assert.deepEqual(
      Contents.map(({ Key }) => Key),
      [`${id}.txt`],
    );
  });
// docs: end

test("a cloud of its own, gone at the end of the block", async () => {
  let endpoint;
  {
    await using own = await startCloud();
    endpoint = own.endpoint;
    const { QueueUrl } = await new SQS(own.clientConfig()).createQueue({ QueueName: "own" });
    assert.ok(QueueUrl.startsWith(endpoint));
  }
  await assert.rejects(fetch(`${endpoint}/_hangar/health`));
});
