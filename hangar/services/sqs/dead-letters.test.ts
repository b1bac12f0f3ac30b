// Dead-letter queues and the tasks that move messages back, through the SDK client.

import {
  CancelMessageMoveTaskCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { arnOf, bodies, create, failure, receive, send } from "./test-queues.ts";

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

describe("dead letters", () => {
  async function pair(name: string): Promise<{ url: string; dead: string }> {
    const dead = await create(sqs, `${name}-dead`);
    const url = await create(sqs, name, {
      VisibilityTimeout: "0",
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(`${name}-dead`), maxReceiveCount: 1 }),
    });
    return { url, dead };
  }

  test("a message that was received too often goes to the dead-letter queue", async () => {
    const { url, dead } = await pair("failing");
    const { MessageId } = await send(sqs, url, "poison");
    expect(await bodies(sqs, url)).toEqual(["poison"]);
    expect(await bodies(sqs, url)).toEqual([]);
    const [message] = await receive(sqs, dead, { MessageSystemAttributeNames: ["All"] });
    expect(message).toMatchObject({
      MessageId,
      Attributes: { ApproximateReceiveCount: "2", DeadLetterQueueSourceArn: arnOf("failing") },
    });
    expect((await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }))).queueUrls).toEqual([url]);
  });

  test("redrive policies are checked", async () => {
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf("nowhere"), maxReceiveCount: 1 });
    await expect(create(sqs, "checked", { RedrivePolicy })).rejects.toEqual(
      failure(
        `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
      ),
    );
  });

  test("a move task brings messages back", async () => {
    const { url, dead } = await pair("returning");
    for (const body of ["m1", "m2"]) await send(sqs, url, body);
    await receive(sqs, url);
    await receive(sqs, url);
    const SourceArn = arnOf("returning-dead");
    await expect(sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf("returning") }))).rejects.toEqual(
      failure("Source queue must be configured as a Dead Letter Queue."),
    );
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
    await cloud.settle();
    expect((await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results).toEqual([
      {
        ApproximateNumberOfMessagesMoved: 2,
        ApproximateNumberOfMessagesToMove: 2,
        SourceArn,
        StartedTimestamp: expect.any(Number),
        Status: "COMPLETED",
      },
    ]);
    expect([await bodies(sqs, url), await bodies(sqs, dead)]).toEqual([["m1", "m2"], []]);
  });

  test("a move task with a limit takes its time, and may be cancelled", async () => {
    const { url, dead } = await pair("slow");
    const target = await create(sqs, "slow-target");
    for (let number = 0; number < 5; number += 1) await send(sqs, dead, `m${number}`);
    expect(url).toContain("slow");
    const { TaskHandle } = await sqs.send(
      new StartMessageMoveTaskCommand({
        SourceArn: arnOf("slow-dead"),
        DestinationArn: arnOf("slow-target"),
        MaxNumberOfMessagesPerSecond: 1,
      }),
    );
    await cloud.settle();
    await cloud.clock.advance("1 second");
    await expect(sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf("slow-dead") }))).rejects.toEqual(
      failure(
        "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
      ),
    );
    expect(await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).toMatchObject({
      ApproximateNumberOfMessagesMoved: 2,
    });
    await cloud.clock.advance("10 seconds");
    expect(await bodies(sqs, target)).toEqual(["m0", "m1"]);
    await expect(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: "foobared" }))).rejects.toEqual(
      failure("Value for parameter TaskHandle is invalid."),
    );
  });
});
