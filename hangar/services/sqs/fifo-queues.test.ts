// FIFO queues through the SDK client: groups, their order, and deduplication.

import { ChangeMessageVisibilityCommand, DeleteMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { bodies, create, failure, receive, send } from "./test-queues.ts";

let cloud: RunningCloud;
let sqs: SQSClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "sqs" });
  cloud.clock.hold();
  sqs = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("FIFO queues", () => {
  const fifo = (MessageGroupId: string, MessageDeduplicationId?: string): object => ({
    MessageGroupId,
    ...(MessageDeduplicationId === undefined ? {} : { MessageDeduplicationId }),
  });

  test("group and deduplication id are wanted", async () => {
    const url = await create(sqs, "wanting.fifo");
    await expect(send(sqs, url, "x")).rejects.toEqual(
      failure("The request must contain the parameter MessageGroupId."),
    );
    await expect(send(sqs, url, "x", fifo("g"))).rejects.toEqual(
      failure(
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
      ),
    );
    await expect(send(sqs, url, "x", { ...fifo("g", "1"), DelaySeconds: 2 })).rejects.toEqual(
      failure(
        "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
      ),
    );
  });

  test("the same id within five minutes is the same message", async () => {
    const url = await create(sqs, "same.fifo");
    const first = await send(sqs, url, "a", fifo("g", "1"));
    expect(await send(sqs, url, "b", fifo("other", "1"))).toMatchObject({
      MessageId: first.MessageId,
      SequenceNumber: first.SequenceNumber,
    });
    expect(await bodies(sqs, url)).toEqual(["a"]);
    await cloud.clock.advance("5 minutes");
    await send(sqs, url, "b", fifo("other", "1"));
    expect(await bodies(sqs, url)).toEqual(["a", "b"]);
  });

  test("deduplication may be by content, and by group", async () => {
    const content = await create(sqs, "content.fifo", { ContentBasedDeduplication: "true" });
    for (const body of ["a", "a", "b"]) await send(sqs, content, body, fifo("g"));
    expect(await bodies(sqs, content)).toEqual(["a", "b"]);
    const scoped = await create(sqs, "scoped.fifo", {
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
    });
    for (const group of ["g1", "g2"]) await send(sqs, scoped, group, fifo(group, "1"));
    expect(new Set(await bodies(sqs, scoped))).toEqual(new Set(["g1", "g2"]));
  });

  test("a group waits for its message in flight, others do not", async () => {
    const url = await create(sqs, "order.fifo");
    for (const [group, body] of [
      ["a", "a1"],
      ["a", "a2"],
      ["b", "b1"],
    ] as const)
      await send(sqs, url, body, fifo(group, body));
    const [a1] = await receive(sqs, url, { MaxNumberOfMessages: 1 });
    expect(a1?.Body).toBe("a1");
    expect(await bodies(sqs, url)).toEqual(["b1"]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: a1?.ReceiptHandle }));
    expect(await bodies(sqs, url)).toEqual(["a2"]);
  });

  test("a group gives its messages up to the first hidden one", async () => {
    const QueueUrl = await create(sqs, "prefix.fifo");
    for (const body of ["foo", "bar", "baz"]) await send(sqs, QueueUrl, body, fifo("g", body));
    const messages = await receive(sqs, QueueUrl);
    const show = (index: number): Promise<unknown> =>
      sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl,
          ReceiptHandle: messages[index]?.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
    await show(1);
    expect(await bodies(sqs, QueueUrl)).toEqual([]);
    await show(0);
    expect(await bodies(sqs, QueueUrl)).toEqual(["foo", "bar"]);
  });

  test("a receipt of a message that is visible again deletes nothing", async () => {
    const QueueUrl = await create(sqs, "expired.fifo");
    await send(sqs, QueueUrl, "x", fifo("g", "1"));
    const [message] = await receive(sqs, QueueUrl, { VisibilityTimeout: 1 });
    await cloud.clock.advance("1 second");
    await expect(
      sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle })),
    ).rejects.toEqual(
      failure(
        `Value ${message?.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
      ),
    );
  });
});
