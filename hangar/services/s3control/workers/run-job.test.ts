// S3 Batch Operations on the world's clock: manifests, each operation, reports, confirmation and cancellation.

import {
  CreateBucketCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketOwnershipControlsCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  GetObjectAclCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateJobCommand,
  DescribeJobCommand,
  S3ControlClient,
  type CreateJobCommandInput,
  type JobDescriptor,
  type JobOperation,
} from "@aws-sdk/client-s3-control";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
let control: S3ControlClient;
const AccountId = "000000000000";
const Bucket = "batch-source";
const RoleArn = `arn:aws:iam::${AccountId}:role/batch`;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "batch" });
  s3 = new S3Client(cloud.clientConfig());
  control = new S3ControlClient({ ...cloud.clientConfig(), endpoint: "http://localhost:4566", maxAttempts: 1 });
  await role("batch", "batchoperations.s3.amazonaws.com");
  await role("replicator", "s3.amazonaws.com");
  await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  await s3.send(new CreateBucketCommand({ Bucket: "batch-reports" }));
  for (const Key of ["a/1", "a/ü, 2"]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function role(RoleName: string, Service: string): Promise<void> {
  const iam = new IAMClient(cloud.clientConfig());
  const trust = { Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const all = { Effect: "Allow", Action: ["s3:*", "lambda:InvokeFunction"], Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [all] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "all", PolicyDocument }));
}

async function manifest(text: string, Fields = ["Bucket", "Key"]): Promise<Partial<CreateJobCommandInput>> {
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket: "batch-reports", Key: "manifest.csv", Body: text }));
  return {
    Manifest: {
      Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: Fields as ("Bucket" | "Key" | "VersionId")[] },
      Location: { ObjectArn: "arn:aws:s3:::batch-reports/manifest.csv", ETag },
    },
  };
}

const generated = (filter: object, SourceBucket = `arn:aws:s3:::${Bucket}`): Partial<CreateJobCommandInput> => ({
  ManifestGenerator: { S3JobManifestGenerator: { SourceBucket, EnableManifestOutput: false, Filter: filter } },
});

async function create(Operation: JobOperation, more: Partial<CreateJobCommandInput>): Promise<string> {
  const Report = { Enabled: false };
  const input = { AccountId, RoleArn, Priority: 1, Operation, Report, ConfirmationRequired: false, ...more };
  return (await control.send(new CreateJobCommand(input as CreateJobCommandInput))).JobId ?? "";
}

async function describeJob(JobId: string): Promise<JobDescriptor> {
  return (await control.send(new DescribeJobCommand({ AccountId, JobId }))).Job ?? {};
}

/** Runs a job to its end: status, tasks done and tasks failed. */
async function run(operation: JobOperation, more: Partial<CreateJobCommandInput>): Promise<unknown[]> {
  const id = await create(operation, more);
  await cloud.settle();
  const { Status, ProgressSummary: done, FailureReasons = [] } = await describeJob(id);
  return [Status, done?.NumberOfTasksSucceeded, done?.NumberOfTasksFailed, ...FailureReasons];
}

const both = `${Bucket},a/1\n${Bucket},a/%C3%BC%2C+2\n`;

describe("a job", () => {
  test("sets and deletes tags of the objects that a CSV names", async () => {
    const TagSet = [{ Key: "k", Value: "v" }];
    expect(await run({ S3PutObjectTagging: { TagSet } }, await manifest(both))).toEqual(["Complete", 2, 0]);
    const tags = async () => (await s3.send(new GetObjectTaggingCommand({ Bucket, Key: "a/ü, 2" }))).TagSet;
    expect(await tags()).toEqual(TagSet);
    expect(await run({ S3DeleteObjectTagging: {} }, await manifest(both))).toEqual(["Complete", 2, 0]);
    expect(await tags()).toEqual([]);
  });

  test("copies what a generated manifest finds, with new metadata and tags", async () => {
    await s3.send(new CreateBucketCommand({ Bucket: "batch-target" }));
    const copy = {
      TargetResource: "arn:aws:s3:::batch-target",
      TargetKeyPrefix: "copied",
      NewObjectMetadata: { ContentType: "text/plain", UserMetadata: { by: "batch" } },
      NewObjectTagging: [{ Key: "new", Value: "1 + 2" }],
      StorageClass: "GLACIER" as const,
    };
    const some = generated({ KeyNameConstraint: { MatchAnyPrefix: ["a/"] }, ObjectSizeGreaterThanBytes: 3 });
    expect(await run({ S3PutObjectCopy: copy }, some)).toEqual(["Complete", 1, 0]);
    const at = { Bucket: "batch-target", Key: "copied/a/ü, 2" };
    expect(await s3.send(new HeadObjectCommand(at))).toMatchObject({
      ContentType: "text/plain",
      Metadata: { by: "batch" },
      StorageClass: "GLACIER",
    });
    expect((await s3.send(new GetObjectTaggingCommand(at))).TagSet).toEqual(copy.NewObjectTagging);
    const restore = { S3InitiateRestoreObject: { ExpirationInDays: 2, GlacierJobTier: "BULK" as const } };
    expect(await run(restore, generated({}, "arn:aws:s3:::batch-target"))).toEqual(["Complete", 1, 0]);
    expect((await s3.send(new HeadObjectCommand(at))).Restore).toBe('ongoing-request="true"');
  });

  test("sets legal holds and retention", async () => {
    const one = await manifest(`${Bucket},a/1\n`);
    const at = { Bucket, Key: "a/1" };
    const hold = { S3PutObjectLegalHold: { LegalHold: { Status: "ON" as const } } };
    expect(await run(hold, one)).toEqual(["Complete", 1, 0]);
    expect((await s3.send(new GetObjectLegalHoldCommand(at))).LegalHold).toEqual({ Status: "ON" });
    const RetainUntilDate = new Date("2100-01-01T00:00:00Z");
    const retain = { S3PutObjectRetention: { Retention: { Mode: "GOVERNANCE" as const, RetainUntilDate } } };
    expect(await run(retain, one)).toEqual(["Complete", 1, 0]);
    expect((await s3.send(new GetObjectRetentionCommand(at))).Retention).toEqual({
      Mode: "GOVERNANCE",
      RetainUntilDate,
    });
  });

  test("sets access control lists", async () => {
    const OwnershipControls = { Rules: [{ ObjectOwnership: "ObjectWriter" as const }] };
    await s3.send(new CreateBucketCommand({ Bucket: "batch-lists", ObjectOwnership: "ObjectWriter" }));
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket: "batch-lists", OwnershipControls }));
    await s3.send(new PutObjectCommand({ Bucket: "batch-lists", Key: "x", Body: "x" }));
    const policy = { CannedAccessControlList: "authenticated-read" as const };
    const list = { S3PutObjectAcl: { AccessControlPolicy: policy } };
    // Public lists are blocked in new buckets: the task is refused as the call would be.
    expect(await run(list, await manifest("batch-lists,x\n"))).toEqual(["Complete", 0, 1]);
    const own = { S3PutObjectAcl: { AccessControlPolicy: { CannedAccessControlList: "private" as const } } };
    expect(await run(own, await manifest("batch-lists,x\n"))).toEqual(["Complete", 1, 0]);
    expect((await s3.send(new GetObjectAclCommand({ Bucket: "batch-lists", Key: "x" }))).Grants).toHaveLength(1);
  });

  test("replicates what was there before the rule", async () => {
    for (const name of ["batch-from", "batch-to"]) {
      await s3.send(new CreateBucketCommand({ Bucket: name }));
      const VersioningConfiguration = { Status: "Enabled" as const };
      await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }));
    }
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: "batch-from", Key: "old", Body: "old" }));
    const rule = {
      Status: "Enabled" as const,
      Priority: 1,
      Filter: {},
      DeleteMarkerReplication: { Status: "Disabled" as const },
      Destination: { Bucket: "arn:aws:s3:::batch-to" },
    };
    const ReplicationConfiguration = { Role: `arn:aws:iam::${AccountId}:role/replicator`, Rules: [rule] };
    await s3.send(new PutBucketReplicationCommand({ Bucket: "batch-from", ReplicationConfiguration }));
    await s3.send(new PutObjectCommand({ Bucket: "batch-from", Key: "new", Body: "new" }));
    await cloud.settle();
    const keys = async () =>
      (await s3.send(new ListObjectsV2Command({ Bucket: "batch-to" }))).Contents?.map(({ Key }) => Key);
    expect(await keys()).toEqual(["new"]);
    const before = generated(
      { EligibleForReplication: true, ObjectReplicationStatuses: ["NONE"] },
      "arn:aws:s3:::batch-from",
    );
    expect(await run({ S3ReplicateObject: {} }, before)).toEqual(["Complete", 1, 0]);
    expect(await keys()).toEqual(["new", "old"]);
    const heads = await Promise.all(
      ["batch-from", "batch-to"].map((name) => s3.send(new HeadObjectCommand({ Bucket: name, Key: "old" }))),
    );
    expect(heads.map((head) => [head.ReplicationStatus, head.VersionId])).toEqual([
      ["COMPLETED", VersionId],
      ["REPLICA", VersionId],
    ]);
  });

  test("reports each task, done or not, beside a manifest", async () => {
    const Report = {
      Enabled: true,
      Bucket: "arn:aws:s3:::batch-reports",
      Format: "Report_CSV_20180820" as const,
      Prefix: "out",
      ReportScope: "AllTasks" as const,
    };
    const listed = await manifest(`${both}${Bucket},not-there\n`);
    const id = await create({ S3PutObjectTagging: { TagSet: [] } }, { ...listed, Report });
    await cloud.settle();
    const text = async (Key = "") =>
      (await s3.send(new GetObjectCommand({ Bucket: "batch-reports", Key }))).Body?.transformToString();
    const summary = JSON.parse((await text(`out/job-${id}/manifest.json`)) ?? "") as {
      Format: string;
      ReportSchema: string;
      Results: { TaskExecutionStatus: string; Key: string }[];
    };
    expect([summary.Format, summary.ReportSchema, summary.Results.map((each) => each.TaskExecutionStatus)]).toEqual([
      "Report_CSV_20180820",
      "Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage",
      ["succeeded", "failed"],
    ]);
    expect(await Promise.all(summary.Results.map(async ({ Key }) => text(Key)))).toEqual([
      `${Bucket},a/1,,succeeded,200,,Successful\n${Bucket},a/%C3%BC%2C%202,,succeeded,200,,Successful\n`,
      `${Bucket},not-there,,failed,404,NoSuchKey,The specified key does not exist.\n`,
    ]);
  });
});
