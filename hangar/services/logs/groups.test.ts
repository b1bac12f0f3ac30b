// Log groups through the SDK client: names, listing, protection, keys and tags.

import {
  AssociateKmsKeyCommand,
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DisassociateKmsKeyCommand,
  ListLogGroupsCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  PutLogGroupDeletionProtectionCommand,
  TagLogGroupCommand,
  TagResourceCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { failure } from "./test-streams.ts";

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
