// Log streams and their events through the SDK client: written, read, searched, and gone when their retention ends.

import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { failure, stream } from "./test-streams.ts";

let cloud: RunningCloud;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "logs" });
  logs = new CloudWatchLogsClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("streams and events", () => {
  test("a stream is described, by name or ARN of its group, and deleted", async () => {
    await stream(logs, "streams", "one");
    const arn = `arn:aws:logs:us-east-1:${cloud.account}:log-group:streams`;
    const described = {
      arn: `${arn}:log-stream:one`,
      creationTime: expect.any(Number),
      logStreamName: "one",
      storedBytes: 0,
    };
    for (const logGroupIdentifier of ["streams", arn])
      expect((await logs.send(new DescribeLogStreamsCommand({ logGroupIdentifier }))).logStreams).toEqual([described]);
    await expect(
      logs.send(new DescribeLogStreamsCommand({ logGroupName: "streams", logGroupIdentifier: arn })),
    ).rejects.toEqual(
      failure("ValidationException", "LogGroup name and LogGroup ARN are mutually exclusive parameters."),
    );
    await expect(
      logs.send(new CreateLogStreamCommand({ logGroupName: "streams", logStreamName: "one" })),
    ).rejects.toEqual(failure("ResourceAlreadyExistsException", "The specified log stream already exists"));
    await logs.send(new DeleteLogStreamCommand({ logGroupName: "streams", logStreamName: "one" }));
    expect((await logs.send(new DescribeLogStreamsCommand({ logGroupName: "streams" }))).logStreams).toEqual([]);
  });

  test("events are written in order of time only", async () => {
    await stream(logs, "order");
    const now = cloud.clock.now();
    const put = (logEvents: { timestamp: number; message: string }[], logStreamName = "s"): Promise<unknown> =>
      logs.send(new PutLogEventsCommand({ logGroupName: "order", logStreamName, logEvents }));
    await expect(
      put([
        { timestamp: now, message: "b" },
        { timestamp: now - 1, message: "a" },
      ]),
    ).rejects.toEqual(
      failure(
        "InvalidParameterException",
        "Log events in a single PutLogEvents request must be in chronological order.",
      ),
    );
    await expect(put([{ timestamp: now, message: "b" }], "other")).rejects.toEqual(
      failure("ResourceNotFoundException", "The specified log stream does not exist."),
    );
    expect(await put([{ timestamp: now - 15 * 86_400_000, message: "old" }])).toMatchObject({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 },
    });
    expect(await put([{ timestamp: now + 3 * 3_600_000, message: "new" }])).toMatchObject({
      rejectedLogEventsInfo: { tooNewLogEventStartIndex: 0 },
    });
    expect(
      (await logs.send(new GetLogEventsCommand({ logGroupName: "order", logStreamName: "s", startFromHead: true })))
        .events,
    ).toEqual([]);
  });

  test("a stream is read from its end, or from its head page by page", async () => {
    await stream(logs, "reading");
    const now = cloud.clock.now();
    const logEvents = [1, 2, 3, 4, 5].map((number) => ({ timestamp: now + number, message: `m${number}` }));
    await logs.send(new PutLogEventsCommand({ logGroupName: "reading", logStreamName: "s", logEvents }));
    const read = async (
      options: object,
    ): Promise<{ messages: unknown[]; forward: string | undefined; backward: string | undefined }> => {
      const page = await logs.send(
        new GetLogEventsCommand({ logGroupName: "reading", logStreamName: "s", limit: 2, ...options }),
      );
      return {
        messages: (page.events ?? []).map((event) => event.message),
        forward: page.nextForwardToken,
        backward: page.nextBackwardToken,
      };
    };
    const tail = await read({});
    expect(tail.messages).toEqual(["m4", "m5"]);
    expect((await read({ nextToken: tail.backward })).messages).toEqual(["m2", "m3"]);
    const head = await read({ startFromHead: true });
    expect(head.messages).toEqual(["m1", "m2"]);
    const second = await read({ nextToken: head.forward });
    const third = await read({ nextToken: second.forward });
    const end = await read({ nextToken: third.forward });
    expect([second.messages, third.messages, end.messages]).toEqual([["m3", "m4"], ["m5"], []]);
    expect(end.forward).toBe(third.forward);
    await expect(read({ nextToken: "invalid" })).rejects.toEqual(
      failure("InvalidParameterException", "The specified nextToken is invalid."),
    );
    expect((await read({ startTime: now + 2, endTime: now + 3 })).messages).toEqual(["m2"]);
  });

  test("a group is searched across its streams, oldest first", async () => {
    await stream(logs, "search", "a");
    const backwards = new FilterLogEventsCommand({ logGroupName: "search", startFromHead: false });
    await expect(logs.send(backwards)).rejects.toMatchObject({ name: "NotEmulated" });
    await logs.send(new CreateLogStreamCommand({ logGroupName: "search", logStreamName: "b" }));
    const now = cloud.clock.now();
    await logs.send(
      new PutLogEventsCommand({
        logGroupName: "search",
        logStreamName: "a",
        logEvents: [
          { timestamp: now, message: "ERROR 1" },
          { timestamp: now + 2, message: "ok" },
        ],
      }),
    );
    await logs.send(
      new PutLogEventsCommand({
        logGroupName: "search",
        logStreamName: "b",
        logEvents: [{ timestamp: now + 1, message: "ERROR 2" }],
      }),
    );
    const find = async (options: object): Promise<unknown[]> =>
      ((await logs.send(new FilterLogEventsCommand({ logGroupName: "search", ...options }))).events ?? []).map(
        (event) => event.message,
      );
    expect(await find({})).toEqual(["ERROR 1", "ERROR 2", "ok"]);
    expect(await find({ filterPattern: "ERROR" })).toEqual(["ERROR 1", "ERROR 2"]);
    expect(await find({ logStreamNames: ["b"] })).toEqual(["ERROR 2"]);
    expect(await find({ logStreamNamePrefix: "a", endTime: now })).toEqual(["ERROR 1"]);
    const page = await logs.send(new FilterLogEventsCommand({ logGroupName: "search", limit: 1 }));
    expect(await find({ nextToken: page.nextToken })).toEqual(["ERROR 2", "ok"]);
    await expect(find({ nextToken: "invalid" })).rejects.toEqual(
      failure("InvalidParameterException", "The specified nextToken is invalid."),
    );
    await expect(find({ limit: 10_001 })).rejects.toEqual(
      failure(
        "InvalidParameterException",
        "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
      ),
    );
  });

  test("events leave when their retention ends", async () => {
    const fork = cloud.fork("retention");
    const client = new CloudWatchLogsClient({ ...fork.clientConfig(), maxAttempts: 1 });
    await client.send(new CreateLogGroupCommand({ logGroupName: "kept" }));
    await client.send(new CreateLogStreamCommand({ logGroupName: "kept", logStreamName: "s" }));
    await expect(
      client.send(new PutRetentionPolicyCommand({ logGroupName: "kept", retentionInDays: 2 })),
    ).rejects.toMatchObject({ name: "InvalidParameterException" });
    await client.send(new PutRetentionPolicyCommand({ logGroupName: "kept", retentionInDays: 1 }));
    await client.send(
      new PutLogEventsCommand({
        logGroupName: "kept",
        logStreamName: "s",
        logEvents: [{ timestamp: fork.clock.now(), message: "gone tomorrow" }],
      }),
    );
    const count = async (): Promise<number> =>
      (await client.send(new FilterLogEventsCommand({ logGroupName: "kept" }))).events?.length ?? 0;
    await fork.clock.advance("23 hours");
    expect(await count()).toBe(1);
    await fork.clock.advance("2 hours");
    expect(await count()).toBe(0);
    await client.send(new DeleteRetentionPolicyCommand({ logGroupName: "kept" }));
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "kept" }));
    expect(logGroups?.[0]).toMatchObject({ storedBytes: 0 });
    expect(logGroups?.[0]?.retentionInDays).toBeUndefined();
    fork.dispose();
  });
});
