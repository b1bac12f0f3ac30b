// CloudWatch Logs through its SDK client: groups, streams, events, filters, retention and tags.

import {
  AssociateKmsKeyCommand,
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteMetricFilterCommand,
  DeleteResourcePolicyCommand,
  DeleteRetentionPolicyCommand,
  DeleteSubscriptionFilterCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeMetricFiltersCommand,
  DescribeResourcePoliciesCommand,
  DescribeSubscriptionFiltersCommand,
  DisassociateKmsKeyCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListLogGroupsCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  PutLogEventsCommand,
  PutLogGroupDeletionProtectionCommand,
  PutMetricFilterCommand,
  PutResourcePolicyCommand,
  PutRetentionPolicyCommand,
  PutSubscriptionFilterCommand,
  TagLogGroupCommand,
  TagResourceCommand,
  TestMetricFilterCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

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

const failure = (code: string, message: string): object => expect.objectContaining({ name: code, message });

async function stream(group: string, name = "s"): Promise<void> {
  await logs.send(new CreateLogGroupCommand({ logGroupName: group }));
  await logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: name }));
}

describe("groups", () => {
  test("a group is described with what AWS gives a new one", async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/described" }));
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/described" }));
    const arn = `arn:aws:logs:us-east-1:${cloud.account}:log-group:/described`;
    expect(logGroups).toEqual([
      {
        logGroupName: "/described",
        creationTime: expect.any(Number),
        metricFilterCount: 0,
        arn: `${arn}:*`,
        storedBytes: 0,
        logGroupClass: "STANDARD",
        logGroupArn: arn,
        deletionProtectionEnabled: false,
      },
    ]);
    const listed = await logs.send(new ListLogGroupsCommand({ logGroupNamePattern: "^/desc" }));
    expect(listed.logGroups).toEqual([{ logGroupName: "/described", logGroupArn: arn, logGroupClass: "STANDARD" }]);
  });

  test("a name is taken once", async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: "twice" }));
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName: "twice" }))).rejects.toEqual(
      failure("ResourceAlreadyExistsException", "The specified log group already exists"),
    );
  });

  test("names have at most 512 characters", async () => {
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName: "x".repeat(513) }))).rejects.toEqual(
      failure(
        "InvalidParameterException",
        "Invalid LogGroup or LogStream, both must have length less than or equal to 512.",
      ),
    );
  });

  test("prefix and pattern exclude each other", async () => {
    await expect(
      logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "a", logGroupNamePattern: "b" })),
    ).rejects.toEqual(
      failure(
        "InvalidParameterException",
        "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
      ),
    );
  });

  test("pages go on where the last one ended", async () => {
    for (const name of ["page-1", "page-2", "page-3"])
      await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
    const first = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "page-", limit: 2 }));
    const second = await logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: "page-", limit: 2, nextToken: first.nextToken }),
    );
    expect([first, second].map((page) => page.logGroups?.map((group) => group.logGroupName))).toEqual([
      ["page-1", "page-2"],
      ["page-3"],
    ]);
    expect(second.nextToken).toBeUndefined();
  });

  test("a protected group is not deleted", async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: "guarded" }));
    await logs.send(
      new PutLogGroupDeletionProtectionCommand({ logGroupIdentifier: "guarded", deletionProtectionEnabled: true }),
    );
    await expect(logs.send(new DeleteLogGroupCommand({ logGroupName: "guarded" }))).rejects.toMatchObject({
      name: "ValidationException",
    });
    await logs.send(
      new PutLogGroupDeletionProtectionCommand({ logGroupIdentifier: "guarded", deletionProtectionEnabled: false }),
    );
    await logs.send(new DeleteLogGroupCommand({ logGroupName: "guarded" }));
    await expect(logs.send(new DeleteLogGroupCommand({ logGroupName: "guarded" }))).rejects.toEqual(
      failure("ResourceNotFoundException", "The specified log group does not exist."),
    );
  });

  test("a key is noted and taken off again", async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: "keyed" }));
    const key = "arn:aws:kms:us-east-1:000000000000:key/1";
    await logs.send(new AssociateKmsKeyCommand({ logGroupName: "keyed", kmsKeyId: key }));
    const keyOf = async (): Promise<string | undefined> =>
      (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "keyed" }))).logGroups?.[0]?.kmsKeyId;
    expect(await keyOf()).toBe(key);
    await logs.send(new DisassociateKmsKeyCommand({ logGroupName: "keyed" }));
    expect(await keyOf()).toBeUndefined();
  });

  test("tags are one set whichever operation writes them", async () => {
    const resourceArn = `arn:aws:logs:us-east-1:${cloud.account}:log-group:tagged`;
    await logs.send(new CreateLogGroupCommand({ logGroupName: "tagged", tags: { env: "testing1" } }));
    await logs.send(new TagResourceCommand({ resourceArn, tags: { test1: "val1", test2: "val2" } }));
    await logs.send(new TagLogGroupCommand({ logGroupName: "tagged", tags: { test3: "val3" } }));
    const all = { env: "testing1", test1: "val1", test2: "val2", test3: "val3" };
    expect((await logs.send(new ListTagsLogGroupCommand({ logGroupName: "tagged" }))).tags).toEqual(all);
    expect((await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual(all);
    await logs.send(new UntagLogGroupCommand({ logGroupName: "tagged", tags: ["env", "test1"] }));
    await logs.send(new UntagResourceCommand({ resourceArn, tagKeys: ["test3"] }));
    expect((await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ test2: "val2" });
  });
});

describe("streams and events", () => {
  test("a stream is described, by name or ARN of its group, and deleted", async () => {
    await stream("streams", "one");
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
    await stream("order");
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
    await stream("reading");
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
    await stream("search", "a");
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

describe("filters and policies", () => {
  test("a subscription needs a destination that may be called", async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: "subscribed" }));
    const put = (destinationArn: string): Promise<unknown> =>
      logs.send(
        new PutSubscriptionFilterCommand({
          logGroupName: "subscribed",
          filterName: "f",
          filterPattern: "",
          destinationArn,
        }),
      );
    await expect(put("arn:aws:kinesis:us-east-1:000000000000:stream/x")).rejects.toEqual(
      failure("InvalidParameterException", "destinationArn for vendor kinesis cannot be used without roleArn"),
    );
    await expect(put("arn:aws:lambda:us-east-1:111111111111:function:x")).rejects.toEqual(
      failure(
        "AccessDeniedException",
        "Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.",
      ),
    );
    expect(
      (await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName: "subscribed" }))).subscriptionFilters,
    ).toEqual([]);
    await expect(
      logs.send(new DeleteSubscriptionFilterCommand({ logGroupName: "subscribed", filterName: "f" })),
    ).rejects.toEqual(failure("ResourceNotFoundException", "The specified subscription filter does not exist."));
  });

  test("a metric filter is kept until it is deleted", async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: "metrics" }));
    const metricTransformations = [{ metricName: "m", metricNamespace: "n", metricValue: "1", defaultValue: 0 }];
    await logs.send(
      new PutMetricFilterCommand({
        logGroupName: "metrics",
        filterName: "f",
        filterPattern: '{$.message = "test"}',
        metricTransformations,
      }),
    );
    expect(
      (await logs.send(new DescribeMetricFiltersCommand({ metricName: "m", metricNamespace: "n" }))).metricFilters,
    ).toEqual([
      {
        applyOnTransformedLogs: false,
        creationTime: expect.any(Number),
        filterName: "f",
        filterPattern: '{$.message = "test"}',
        logGroupName: "metrics",
        metricTransformations,
      },
    ]);
    await logs.send(new DeleteMetricFilterCommand({ logGroupName: "metrics", filterName: "f" }));
    expect((await logs.send(new DescribeMetricFiltersCommand({ logGroupName: "metrics" }))).metricFilters).toEqual([]);
  });

  test("filters and policies are listed in pages", async () => {
    await stream("paged");
    for (const filterName of ["a", "b", "c"])
      await logs.send(
        new PutMetricFilterCommand({
          logGroupName: "paged",
          filterName,
          filterPattern: "",
          metricTransformations: [{ metricName: "m", metricNamespace: "n", metricValue: "1" }],
        }),
      );
    const page = async (nextToken?: string) => {
      const { metricFilters = [], ...rest } = await logs.send(
        new DescribeMetricFiltersCommand({ logGroupName: "paged", limit: 2, nextToken }),
      );
      return { names: metricFilters.map((each) => each.filterName), nextToken: rest.nextToken };
    };
    const first = await page();
    expect(first).toEqual({ names: ["a", "b"], nextToken: expect.any(String) });
    expect(await page(first.nextToken)).toEqual({ names: ["c"], nextToken: undefined });
  });

  test("a search for groups by pattern does not tell their sizes", async () => {
    await stream("needle-in-names");
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: "NEEDLE-in" }));
    expect(logGroups).toEqual([
      {
        logGroupName: "needle-in-names",
        creationTime: expect.any(Number),
        metricFilterCount: 0,
        arn: "arn:aws:logs:us-east-1:000000000000:log-group:needle-in-names:*",
        logGroupClass: "STANDARD",
        logGroupArn: "arn:aws:logs:us-east-1:000000000000:log-group:needle-in-names",
      },
    ]);
  });

  test("a pattern is tried on messages", async () => {
    const logEventMessages = [
      '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /a" 200 1534',
      '127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] "GET /b" 500 5324',
    ];
    const { matches } = await logs.send(
      new TestMetricFilterCommand({
        filterPattern: "[ip, id, user, time, request, status = 5*, size]",
        logEventMessages,
      }),
    );
    expect(matches).toEqual([
      {
        eventNumber: 2,
        eventMessage: logEventMessages[1],
        extractedValues: {
          $ip: "127.0.0.1",
          $id: "-",
          $user: "frank",
          $time: "10/Oct/2000:13:35:22 -0700",
          $request: "GET /b",
          $status: "500",
          $size: "5324",
        },
      },
    ]);
  });

  test("an account has at most ten resource policies", async () => {
    const policyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "logs:PutLogEvents", Resource: "*" },
      ],
    });
    for (let number = 0; number < 10; number += 1)
      await logs.send(new PutResourcePolicyCommand({ policyName: `p${number}`, policyDocument }));
    await expect(logs.send(new PutResourcePolicyCommand({ policyName: "p10", policyDocument }))).rejects.toEqual(
      failure("LimitExceededException", "Resource limit exceeded."),
    );
    const { resourcePolicies } = await logs.send(new DescribeResourcePoliciesCommand({}));
    expect(resourcePolicies?.[0]).toEqual({
      policyName: "p0",
      policyDocument,
      lastUpdatedTime: expect.any(Number),
      policyScope: "ACCOUNT",
    });
    for (let number = 0; number < 10; number += 1)
      await logs.send(new DeleteResourcePolicyCommand({ policyName: `p${number}` }));
    await expect(logs.send(new DeleteResourcePolicyCommand({ policyName: "p0" }))).rejects.toEqual(
      failure("ResourceNotFoundException", "Policy with name [p0] does not exist."),
    );
  });
});
