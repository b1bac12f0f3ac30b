// Words that S3's schema does not know, in configurations and requests of a document.

import * as sdk from "@aws-sdk/client-s3";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";
import { failure } from "../../engine/test-failure.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "of-known-words";
const [Id, Key] = ["id", "archived"];

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new sdk.CreateBucketCommand({ Bucket }));
  await s3.send(new sdk.PutObjectCommand({ Bucket, Key, StorageClass: "GLACIER" }));
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const log = (more: object) => {
  const LoggingEnabled = { TargetBucket: Bucket, TargetPrefix: "", ...more };
  return s3.send(new sdk.PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
};
const partitioned = (PartitionDateSource: string) =>
  log({ TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource } } });
const URI = "http://acs.amazonaws.com/groups/s3/LogDelivery";
const grant = (Permission: string, Type = "Group") => log({ TargetGrants: [{ Grantee: { Type, URI }, Permission }] });
const tier = (Status: string, AccessTier: string) =>
  s3.send(
    new sdk.PutBucketIntelligentTieringConfigurationCommand({
      Bucket,
      Id,
      IntelligentTieringConfiguration: { Id, Status, Tierings: [{ Days: 90, AccessTier }] } as never,
    }),
  );
const analyse = (OutputSchemaVersion: string, Format: string) => {
  const Destination = { S3BucketDestination: { Bucket: `arn:aws:s3:::${Bucket}`, Format } };
  const DataExport = { OutputSchemaVersion, Destination };
  return s3.send(
    new sdk.PutBucketAnalyticsConfigurationCommand({
      Bucket,
      Id,
      AnalyticsConfiguration: { Id, StorageClassAnalysis: { DataExport } } as never,
    }),
  );
};
const restore = (Tier: string) =>
  s3.send(
    new sdk.RestoreObjectCommand({
      Bucket,
      Key,
      RestoreRequest: { Days: 1, GlacierJobParameters: { Tier: Tier as never } },
    }),
  );

test.each<[string, () => Promise<unknown>]>([
  ["a date source of logs", () => partitioned("kaboom")],
  ["a permission of logs", () => grant("kaboom")],
  ["a kind of grantee", () => grant("READ", "kaboom")],
  ["a state of tiering", () => tier("kaboom", "ARCHIVE_ACCESS")],
  ["a tier of access", () => tier("Enabled", "kaboom")],
  ["a version of reports", () => analyse("kaboom", "CSV")],
  ["a format of reports", () => analyse("V_1", "kaboom")],
  ["a tier of restores", () => restore("kaboom")],
])("%s is refused that is none", async (_what, call) => {
  expect((await failure(call())).slice(0, 2)).toEqual(["MalformedXML", 400]);
});

test("those that are known are kept", async () => {
  await partitioned("EventTime");
  await grant("READ_ACP");
  await tier("Disabled", "DEEP_ARCHIVE_ACCESS");
  await analyse("V_1", "CSV");
  const { LoggingEnabled } = await s3.send(new sdk.GetBucketLoggingCommand({ Bucket }));
  expect(LoggingEnabled?.TargetGrants).toEqual([{ Grantee: { Type: "Group", URI }, Permission: "READ_ACP" }]);
  expect((await restore("Bulk")).$metadata.httpStatusCode).toBe(202);
});
