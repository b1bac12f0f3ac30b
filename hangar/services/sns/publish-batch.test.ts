// PublishBatch through the SDK clients.

import { PublishBatchCommand, SNSClient, type PublishBatchRequestEntry } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { receive, topicTo } from "./test-publishing.ts";

let cloud: RunningCloud;
let sns: SNSClient;
let sqs: SQSClient;

beforeAll(async () => {
  cloud = await startCloud({ seed: "sns.publishing" });
  cloud.clock.hold();
  sns = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  sqs = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("PublishBatch", () => {
  const batch = (TopicArn: string, PublishBatchRequestEntries: PublishBatchRequestEntry[]): Promise<object> =>
    sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));

  test("publishes each of its messages", async () => {
    const to = await topicTo({ sns, sqs }, "batch", { RawMessageDelivery: "true" });
    expect(
      await batch(to.topic, [
        { Id: "1", Message: "one", Subject: "Subject" },
        { Id: "2", Message: '{"default":"two"}', MessageStructure: "json" },
      ]),
    ).toMatchObject({
      Successful: [
        { Id: "1", MessageId: expect.any(String) as string },
        { Id: "2", MessageId: expect.any(String) as string },
      ],
      Failed: [],
    });
    expect((await receive({ cloud, sqs }, to)).map((message) => message.Body)).toEqual(["one", "two"]);
  });

  test("is held to AWS's rules", async () => {
    const { topic } = await topicTo({ sns, sqs }, "batch-rules");
    const long = "a".repeat(81);
    const cases: [PublishBatchRequestEntry[], string, string][] = [
      [[], "EmptyBatchRequestException", "The batch request doesn't contain any entries."],
      [
        Array.from({ length: 11 }, (_, index) => ({ Id: String(index), Message: "x" })),
        "TooManyEntriesInBatchRequestException",
        "The batch request contains more entries than permissible.",
      ],
      [
        [
          { Id: "1", Message: "x" },
          { Id: "1", Message: "y" },
        ],
        "BatchEntryIdsNotDistinctException",
        "Two or more batch entries in the request have the same Id.",
      ],
      [
        [{ Id: "message.id", Message: "x" }],
        "InvalidBatchEntryIdException",
        "The Id of a batch entry in the batch request contains an impermissible character: message.id",
      ],
      [
        [{ Id: long, Message: "x" }],
        "InvalidBatchEntryIdException",
        `The Id of a batch entry in the batch request is too long: ${long}`,
      ],
      [
        [
          { Id: "1", Message: "x".repeat(200_000) },
          { Id: "2", Message: "x".repeat(100_000) },
        ],
        "BatchRequestTooLongException",
        "The length of all the messages put together is more than the limit.",
      ],
      [
        [{ Id: "1", Message: "{}", MessageStructure: "json" }],
        "InvalidParameterException",
        "Invalid parameter: Message Structure - No default entry in JSON message body",
      ],
    ];
    for (const [entries, name, message] of cases)
      await expect(batch(topic, entries)).rejects.toMatchObject({ name, message });
    await expect(batch(`${topic}x`, [{ Id: "1", Message: "x" }])).rejects.toMatchObject({
      message: "Topic does not exist",
    });
  });
});
