// Queues through the SDK client: attributes, encryption, listing, tags and permissions.

import {
  AddPermissionCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  RemovePermissionCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { arnOf, attributesOf, bodies, create, failure, send } from "./test-queues.ts";

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

describe("queues", () => {
  test("a new queue has AWS's attributes", async () => {
    const url = await create(sqs, "attributes");
    expect(url).toBe(`${cloud.endpoint}/${cloud.account}/attributes`);
    const seconds = String(Math.floor(cloud.clock.now() / 1000));
    expect(await attributesOf(sqs, url)).toEqual({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesDelayed: "0",
      ApproximateNumberOfMessagesNotVisible: "0",
      CreatedTimestamp: seconds,
      DelaySeconds: "0",
      LastModifiedTimestamp: seconds,
      MaximumMessageSize: "1048576",
      MessageRetentionPeriod: "345600",
      QueueArn: arnOf("attributes"),
      ReceiveMessageWaitTimeSeconds: "0",
      SqsManagedSseEnabled: "true",
      VisibilityTimeout: "30",
    });
  });

  test("creating a queue again finds it, unless an attribute differs", async () => {
    const url = await create(sqs, "again", { DelaySeconds: "1" });
    expect(await create(sqs, "again", { DelaySeconds: "1" })).toBe(url);
    expect(await create(sqs, "again")).toBe(url);
    await expect(create(sqs, "again", { DelaySeconds: "2" })).rejects.toEqual(
      failure(
        "A queue already exists with the same name and a different value for attribute DelaySeconds",
        "QueueNameExists",
      ),
    );
  });

  test("queues that do not exist are reported", async () => {
    const missing = failure("The specified queue does not exist.", "QueueDoesNotExist");
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: "nowhere" }))).rejects.toEqual(missing);
    await expect(send(sqs, `${cloud.endpoint}/${cloud.account}/nowhere`, "x")).rejects.toEqual(missing);
  });

  test("a standard queue has no FIFO attributes", async () => {
    await expect(create(sqs, "standard", { FifoQueue: "false" })).rejects.toEqual(
      failure("Unknown Attribute FifoQueue.", "InvalidAttributeName"),
    );
    await expect(create(sqs, "standard", { ContentBasedDeduplication: "false" })).rejects.toEqual(
      failure("Unknown Attribute ContentBasedDeduplication."),
    );
    await expect(create(sqs, "standard", { DeduplicationScope: "queue" })).rejects.toEqual(
      failure("You can specify the DeduplicationScope only when FifoQueue is set to true."),
    );
    await expect(create(sqs, "standard", { VisibilityTimeout: "99999" })).rejects.toEqual(
      failure("Invalid value for the parameter VisibilityTimeout.", "InvalidAttributeValue"),
    );
    const fifo = await create(sqs, "kinds.fifo");
    await expect(
      sqs.send(new SetQueueAttributesCommand({ QueueUrl: fifo, Attributes: { FifoQueue: "false" } })),
    ).rejects.toEqual(
      failure(
        "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
        "InvalidAttributeValue",
      ),
    );
  });

  test("encryption is by one kind of key at a time", async () => {
    const url = await create(sqs, "encrypted");
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: url,
        Attributes: { KmsMasterKeyId: "testKeyId", KmsDataKeyReusePeriodSeconds: "6000" },
      }),
    );
    expect(await attributesOf(sqs, url)).toMatchObject({
      KmsMasterKeyId: "testKeyId",
      KmsDataKeyReusePeriodSeconds: "6000",
      SqsManagedSseEnabled: "false",
    });
    await expect(
      sqs.send(
        new SetQueueAttributesCommand({
          QueueUrl: url,
          Attributes: { KmsMasterKeyId: "testKeyId", SqsManagedSseEnabled: "true" },
        }),
      ),
    ).rejects.toEqual(
      failure(
        "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
        "InvalidAttributeName",
      ),
    );
  });

  test("queues are listed by prefix, page by page, and deleted", async () => {
    for (const name of ["list-1", "list-2", "list-3"]) await create(sqs, name);
    const first = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "list-", MaxResults: 2 }));
    const second = await sqs.send(
      new ListQueuesCommand({ QueueNamePrefix: "list-", MaxResults: 2, NextToken: first.NextToken }),
    );
    expect([first.QueueUrls, second.QueueUrls, second.NextToken]).toEqual([
      ["list-1", "list-2"].map((name) => `${cloud.endpoint}/${cloud.account}/${name}`),
      [`${cloud.endpoint}/${cloud.account}/list-3`],
      undefined,
    ]);
    await sqs.send(new DeleteQueueCommand({ QueueUrl: second.QueueUrls?.[0] }));
    expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "list-3" }))).QueueUrls).toBeUndefined();
  });

  test("queues are tagged", async () => {
    const QueueUrl = await create(sqs, "tagged");
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { tag1: "value1", tag2: "value2", tag3: "" } }));
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({
      tag1: "value1",
      tag2: "value2",
      tag3: "",
    });
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ["tag1", "tag2", "tag3"] }));
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toBeUndefined();
  });

  test("permissions are statements of the queue's policy", async () => {
    const QueueUrl = await create(sqs, "permitted");
    const permission = {
      QueueUrl,
      Label: "crossaccountpermission",
      AWSAccountIds: ["668614515564", cloud.account],
      Actions: ["ReceiveMessage"],
    };
    await sqs.send(new AddPermissionCommand(permission));
    expect(JSON.parse((await attributesOf(sqs, QueueUrl, "Policy"))?.["Policy"] ?? "")).toEqual({
      Version: "2008-10-17",
      Id: `${arnOf("permitted")}/SQSDefaultPolicy`,
      Statement: [
        {
          Sid: "crossaccountpermission",
          Effect: "Allow",
          Principal: { AWS: ["arn:aws:iam::668614515564:root", `arn:aws:iam::${cloud.account}:root`] },
          Action: "SQS:ReceiveMessage",
          Resource: arnOf("permitted"),
        },
      ],
    });
    await expect(sqs.send(new AddPermissionCommand(permission))).rejects.toEqual(
      failure("Value crossaccountpermission for parameter Label is invalid. Reason: Already exists."),
    );
    await sqs.send(new RemovePermissionCommand({ QueueUrl, Label: "crossaccountpermission" }));
    expect(await attributesOf(sqs, QueueUrl, "Policy")).toBeUndefined();
    await expect(sqs.send(new RemovePermissionCommand({ QueueUrl, Label: "crossaccountpermission2" }))).rejects.toEqual(
      failure("Value crossaccountpermission2 for parameter Label is invalid. Reason: can't find label."),
    );
  });

  test("a queue's policy decides who of another account may send", async () => {
    const url = await create(sqs, "shared");
    const other = new SQSClient({
      ...cloud.clientConfig(),
      maxAttempts: 1,
      credentials: { accessKeyId: "222222222222", secretAccessKey: "test" },
    });
    const sending = (): Promise<unknown> => other.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "hello" }));
    await expect(sending()).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    await sqs.send(
      new AddPermissionCommand({
        QueueUrl: url,
        Label: "let",
        AWSAccountIds: ["222222222222"],
        Actions: ["SendMessage"],
      }),
    );
    await sending();
    expect(await bodies(sqs, url)).toEqual(["hello"]);
  });
});
