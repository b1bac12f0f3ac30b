// Tags by ARN, of buckets and access points, as AWS's answers were recorded.

import { CreateBucketCommand, GetBucketTaggingCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateAccessPointCommand,
  ListTagsForResourceCommand,
  S3ControlClient,
  TagResourceCommand,
  UntagResourceCommand,
  type Tag,
} from "@aws-sdk/client-s3-control";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let control: S3ControlClient;
let s3: S3Client;
const AccountId = "000000000000";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  control = new S3ControlClient({ ...cloud.clientConfig(), endpoint: "http://localhost:4566", maxAttempts: 1 });
  await s3.send(new CreateBucketCommand({ Bucket: "tagged-bucket" }));
  const Tags = [{ Key: "key1", Value: "first" }];
  await control.send(new CreateAccessPointCommand({ AccountId, Name: "tagged", Bucket: "tagged-bucket", Tags }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const list = async (ResourceArn: string) =>
  (await control.send(new ListTagsForResourceCommand({ AccountId, ResourceArn }))).Tags;
const tag = (ResourceArn: string, ...Tags: Partial<Tag>[]) =>
  control.send(new TagResourceCommand({ AccountId, ResourceArn, Tags: Tags as Tag[] }));
const untag = (ResourceArn: string, ...TagKeys: string[]) =>
  control.send(new UntagResourceCommand({ AccountId, ResourceArn, TagKeys }));

describe.each([
  ["a bucket", "arn:aws:s3:::tagged-bucket", []],
  ["an access point", `arn:aws:s3:us-east-1:${AccountId}:accesspoint/tagged`, [{ Key: "key1", Value: "first" }]],
])("%s", (_what, arn, before) => {
  test("is tagged, tagged anew and untagged", async () => {
    expect(await list(arn)).toEqual(before);
    const given = await tag(arn, { Key: "key1", Value: "value1" }, { Key: "key2", Value: "value2" });
    expect(given.$metadata.httpStatusCode).toBe(204);
    await tag(arn, { Key: "key3", Value: "value3" });
    expect(await list(arn)).toEqual([1, 2, 3].map((each) => ({ Key: `key${each}`, Value: `value${each}` })));
    for (const _ of [1, 2]) expect((await untag(arn, "key3")).$metadata.httpStatusCode).toBe(204);
    expect(await list(arn)).toEqual([1, 2].map((each) => ({ Key: `key${each}`, Value: `value${each}` })));
  });
});

test("a bucket's tags are those of GetBucketTagging", async () => {
  const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket: "tagged-bucket" }));
  expect(TagSet).toEqual(await list("arn:aws:s3:::tagged-bucket"));
});

const CHARACTERS =
  "This request contains a tag key or value that isn't valid. Valid characters include the following: [a-zA-Z+-=._:/]. Tag keys can contain up to 128 characters. Tag values can contain up to 256 characters.";

test.each([
  [
    "no key",
    [{ Value: "v" }],
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  ],
  [
    "no value",
    [{ Key: "k" }],
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  ],
  [
    "a key of AWS's",
    [{ Key: "aws:k", Value: "v" }],
    "InvalidTag",
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
  ],
  [
    "a key twice",
    [
      { Key: "k", Value: "v" },
      { Key: "k", Value: "w" },
    ],
    "InvalidTag",
    "There are duplicate tag keys in your request. Remove the duplicate tag keys and try again.",
  ],
  ["a wrong value", [{ Key: "k", Value: "v$" }], "InvalidTag", CHARACTERS],
  ["a wrong key", [{ Key: "k$", Value: "v" }], "InvalidTag", CHARACTERS],
])("%s is refused", async (_what, tags, name, message) => {
  const before = await list("arn:aws:s3:::tagged-bucket");
  await expect(tag("arn:aws:s3:::tagged-bucket", ...tags)).rejects.toMatchObject({ name, message });
  expect(await list("arn:aws:s3:::tagged-bucket")).toEqual(before);
});

test("what is not there has no tags", async () => {
  const arn = "arn:aws:s3:::not-there-at-all";
  const gone = {
    name: "NoSuchResource",
    message: "The specified resource doesn't exist.",
    $metadata: { httpStatusCode: 404 },
  };
  await expect(tag(arn, { Key: "k", Value: "v" })).rejects.toMatchObject(gone);
  await expect(untag(arn, "k")).rejects.toMatchObject(gone);
  await expect(list(arn)).rejects.toMatchObject(gone);
});
