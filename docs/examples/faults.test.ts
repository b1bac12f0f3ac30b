// Errors of AWS, when the test wants them.
import { expect, test } from "hangar/vitest";
import { place } from "./place.ts";

// docs: faults-next
test("an order that DynamoDB throttles once is kept at the second try", async ({ stack, aws, cloud }) => {
  await cloud.faults.next("dynamodb:PutItem", "ProvisionedThroughputExceededException");
  await place(cloud, "7");
  await cloud.clock.advance("30 seconds");
  await cloud.settle();
  const { Count } = await aws.dynamodb.scan({ TableName: stack.outputs.Orders });
  expect(Count).toBe(1);
});

// docs: faults-dead-letter
test("an order that fails three times is put aside", async ({ stack, aws, cloud }) => {
  const resource = `arn:aws:s3:::${stack.outputs.Receipts}/7.txt`;
  await cloud.faults.next("s3:PutObject", "AccessDenied", { resource, times: 3 });
  await place(cloud, "7");
  await cloud.clock.advance("2 minutes");
  const { Messages } = await aws.sqs.receiveMessage({ QueueUrl: stack.outputs.FailedQueue });
  expect(Messages?.map(({ Body }) => Body)).toEqual(['{"id":"7","item":"kite"}']);
});

// docs: faults-refused
test("an error that AWS would not answer is refused", async ({ cloud }) => {
  await expect(cloud.faults.next("sqs:SendMessage", "NoSuchBucket")).rejects.toThrow(
    "AWS never answers sqs:SendMessage with NoSuchBucket",
  );
});

// docs: faults-others
test("calls may be slow, or limited", async ({ stack, aws, cloud }) => {
  await cloud.faults.latency("s3:*", 20, { times: 1 });
  await cloud.faults.throttle("sqs:ReceiveMessage", 1, { resource: stack.outputs.FailedQueue });
  expect((await cloud.faults.list()).map(({ action }) => action)).toEqual(["s3:*", "sqs:ReceiveMessage"]);
  await cloud.faults.clear();
  await aws.s3.listBuckets({});
});
