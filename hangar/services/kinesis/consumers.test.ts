// Consumers with enhanced fan-out through their own client: registered, and subscribed to shards.

import {
  DeleteStreamCommand,
  DeregisterStreamConsumerCommand,
  DescribeStreamConsumerCommand,
  KinesisClient,
  ListStreamConsumersCommand,
  SplitShardCommand,
  type SubscribeToShardEventStream,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { ACCOUNT, failure } from "./test-streams.ts";
import { create, put, register, subscribe } from "./test-consumers.ts";

let cloud: RunningCloud;
let kinesis: KinesisClient;

beforeAll(async () => {
  cloud = await startCloud({ port: 0, seed: "kinesis.consumers" });
  cloud.clock.hold();
  kinesis = new KinesisClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

function dataOf(event: IteratorResult<SubscribeToShardEventStream>): string[] {
  const value = event.done === true ? undefined : event.value.SubscribeToShardEvent;
  return (value?.Records ?? []).map((record) => Buffer.from(record.Data ?? []).toString());
}

describe("consumers", () => {
  test("are registered, described, listed and taken away", async () => {
    const StreamARN = await create(kinesis, "consumed");
    const ConsumerARN = await register(kinesis, StreamARN, "consumer");
    expect(ConsumerARN).toMatch(/stream\/consumed\/consumer\/consumer:\d{10}$/);
    const consumer = {
      ConsumerName: "consumer",
      ConsumerARN,
      ConsumerStatus: "ACTIVE",
      ConsumerCreationTimestamp: expect.any(Date),
    };
    const byName = await kinesis.send(new DescribeStreamConsumerCommand({ StreamARN, ConsumerName: "consumer" }));
    expect(byName.ConsumerDescription).toEqual({ ...consumer, StreamARN });
    await register(kinesis, StreamARN, "second");
    const page = await kinesis.send(new ListStreamConsumersCommand({ StreamARN, MaxResults: 1 }));
    expect(page.Consumers).toEqual([consumer]);
    const rest = await kinesis.send(new ListStreamConsumersCommand({ StreamARN, NextToken: page.NextToken }));
    expect(rest.Consumers?.map((each) => each.ConsumerName)).toEqual(["second"]);
    const StreamCreationTimestamp = new Date(0);
    await expect(
      kinesis.send(new ListStreamConsumersCommand({ StreamARN, StreamCreationTimestamp })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(register(kinesis, StreamARN, "consumer")).rejects.toMatchObject({ name: "ResourceInUseException" });
    await expect(kinesis.send(new DeleteStreamCommand({ StreamARN }))).rejects.toEqual(
      failure(
        "ResourceInUseException",
        `DeleteStream can't delete ${ACCOUNT}:consumed because there are consumers associated with this data stream. To delete consumed anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.`,
      ),
    );
    await kinesis.send(new DeregisterStreamConsumerCommand({ ConsumerARN }));
    await expect(kinesis.send(new DescribeStreamConsumerCommand({ ConsumerARN }))).rejects.toEqual(
      failure("ResourceNotFoundException", `Consumer ${ConsumerARN}, account ${ACCOUNT} not found.`),
    );
    await kinesis.send(new DeleteStreamCommand({ StreamARN, EnforceConsumerDeletion: true }));
    await create(kinesis, "consumed");
    expect((await kinesis.send(new ListStreamConsumersCommand({ StreamARN }))).Consumers).toEqual([]);
  });

  test("there are at most twenty of a stream", async () => {
    const StreamARN = await create(kinesis, "crowded");
    for (let count = 0; count < 20; count += 1) await register(kinesis, StreamARN, `c${count}`);
    await expect(register(kinesis, StreamARN, "c20")).rejects.toMatchObject({ name: "LimitExceededException" });
  });
});

describe("SubscribeToShard", () => {
  test("gives what there is, then what comes", async () => {
    const StreamARN = await create(kinesis, "pushed");
    const ConsumerARN = await register(kinesis, StreamARN, "c");
    await put(kinesis, StreamARN, "a");
    const events = await subscribe(kinesis, ConsumerARN, { Type: "TRIM_HORIZON" });
    const first = await events.next();
    expect(dataOf(first)).toEqual(["a"]);
    expect(first.value?.SubscribeToShardEvent).toMatchObject({ MillisBehindLatest: 0 });
    const second = events.next();
    await put(kinesis, StreamARN, "b");
    expect(dataOf(await second)).toEqual(["b"]);
    await events.return?.();
  });

  test("is spoken over HTTP/2, as the SDK does by itself", async () => {
    const StreamARN = await create(kinesis, "http2");
    const ConsumerARN = await register(kinesis, StreamARN, "c");
    const { requestHandler: _inProcess, ...config } = cloud.clientConfig();
    const client = new KinesisClient(config);
    const events = await subscribe(kinesis, ConsumerARN, { Type: "LATEST" }, client);
    const first = events.next();
    await put(kinesis, StreamARN, "over the wire");
    expect(dataOf(await first)).toEqual(["over the wire"]);
    await events.return?.();
    client.destroy();
  });

  test("says so when nothing comes, and ends after five minutes", async () => {
    const StreamARN = await create(kinesis, "silent");
    const events = await subscribe(kinesis, await register(kinesis, StreamARN, "c"), { Type: "LATEST" });
    const first = events.next();
    await cloud.clock.advance("5 seconds");
    expect(dataOf(await first)).toEqual([]);
    await cloud.clock.advance("5 minutes");
    let event = await events.next();
    while (event.done !== true) event = await events.next();
    expect(event.done).toBe(true);
  });

  test("ends with the children of a shard that closed", async () => {
    const StreamARN = await create(kinesis, "closing");
    const events = await subscribe(kinesis, await register(kinesis, StreamARN, "c"), { Type: "TRIM_HORIZON" });
    const last = events.next();
    await kinesis.send(
      new SplitShardCommand({
        StreamARN,
        ShardToSplit: "0",
        NewStartingHashKey: "170141183460469231731687303715884105728",
      }),
    );
    const { value } = await last;
    expect(value?.SubscribeToShardEvent?.ChildShards).toHaveLength(2);
    expect((await events.next()).done).toBe(true);
  });

  test("within five seconds it is refused, then taken over", async () => {
    const StreamARN = await create(kinesis, "contended");
    const ConsumerARN = await register(kinesis, StreamARN, "c");
    const first = await subscribe(kinesis, ConsumerARN, { Type: "LATEST" });
    const waiting = first.next();
    await expect(subscribe(kinesis, ConsumerARN, { Type: "LATEST" })).rejects.toMatchObject({
      name: "ResourceInUseException",
      message: expect.stringContaining("Another active subscription exists for this consumer"),
    });
    await cloud.clock.advance("5 seconds");
    await waiting;
    const next = first.next();
    const ended = expect(next).rejects.toMatchObject({ name: "ResourceInUseException" });
    const second = await subscribe(kinesis, ConsumerARN, { Type: "LATEST" });
    await ended;
    const given = second.next();
    await put(kinesis, StreamARN, "x");
    expect(dataOf(await given)).toEqual(["x"]);
    await second.return?.();
  });
});
