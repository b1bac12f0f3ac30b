// What becomes of jobs: confirmation, cancellation, failure, tags, and refusals; and functions and inventories in them.

import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateJobCommand,
  DeleteJobTaggingCommand,
  DescribeJobCommand,
  GetJobTaggingCommand,
  ListJobsCommand,
  PutJobTaggingCommand,
  S3ControlClient,
  UpdateJobPriorityCommand,
  UpdateJobStatusCommand,
  type CreateJobCommandInput,
  type JobDescriptor,
  type JobOperation,
} from "@aws-sdk/client-s3-control";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
let control: S3ControlClient;
const AccountId = "000000000000";
const Bucket = "batch-source";
const RoleArn = `arn:aws:iam::${AccountId}:role/batch`;

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3Client(cloud.clientConfig());
  control = new S3ControlClient({
    ...cloud.clientConfig(),
    endpoint: cloud.endpoint.replace("127.0.0.1", "localhost"),
    maxAttempts: 1,
  });
  await role("batch", "batchoperations.s3.amazonaws.com");
  await role("runner", "lambda.amazonaws.com");
  await s3.send(new CreateBucketCommand({ Bucket }));
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

describe("a job's status", () => {
  const tag = { S3PutObjectTagging: { TagSet: [{ Key: "k", Value: "v" }] } };

  test("awaits confirmation where it is asked for, and is listed and described", async () => {
    const more = { ...(await manifest(both)), ConfirmationRequired: true, Description: "waits", Priority: 7 };
    const JobId = await create(tag, { ...more, ClientRequestToken: "once" });
    expect(await create(tag, { ...more, ClientRequestToken: "once" })).toBe(JobId);
    await expect(create(tag, { ...more, ClientRequestToken: "once", Priority: 8 })).rejects.toMatchObject({
      name: "IdempotencyException",
    });
    await cloud.settle();
    expect(await describeJob(JobId)).toMatchObject({
      JobArn: `arn:aws:s3:us-east-1:${AccountId}:job/${JobId}`,
      Status: "Suspended",
      Description: "waits",
      Priority: 7,
      SuspendedDate: expect.any(Date) as Date,
      ProgressSummary: { TotalNumberOfTasks: 2, NumberOfTasksSucceeded: 0, NumberOfTasksFailed: 0 },
    });
    const { Jobs } = await control.send(new ListJobsCommand({ AccountId, JobStatuses: ["Suspended"] }));
    expect(Jobs?.map((job) => [job.JobId, job.Operation])).toEqual([[JobId, "S3PutObjectTagging"]]);
    await control.send(new UpdateJobPriorityCommand({ AccountId, JobId, Priority: 9 }));
    await control.send(new UpdateJobStatusCommand({ AccountId, JobId, RequestedJobStatus: "Ready" }));
    await cloud.settle();
    expect(await describeJob(JobId)).toMatchObject({ Status: "Complete", Priority: 9 });
    await expect(
      control.send(new UpdateJobStatusCommand({ AccountId, JobId, RequestedJobStatus: "Cancelled" })),
    ).rejects.toMatchObject({ name: "JobStatusException" });
  });

  test("is Cancelled before anything was done", async () => {
    const JobId = await create(tag, { ...(await manifest(both)), ConfirmationRequired: true });
    await cloud.settle();
    const StatusUpdateReason = "not today";
    const cancel = { AccountId, JobId, RequestedJobStatus: "Cancelled" as const, StatusUpdateReason };
    expect(await control.send(new UpdateJobStatusCommand(cancel))).toMatchObject({ JobId, Status: "Cancelled" });
    await cloud.settle();
    expect(await describeJob(JobId)).toMatchObject({
      Status: "Cancelled",
      StatusUpdateReason,
      ProgressSummary: { NumberOfTasksSucceeded: 0 },
    });
  });

  test("is Failed where the manifest is another than it was, or the role cannot be assumed", async () => {
    const { Manifest } = await manifest(both);
    await manifest(`${both}\n`);
    const [status, , , reason] = await run(tag, { Manifest });
    expect([status, reason]).toEqual([
      "Failed",
      { FailureCode: "InvalidRequest", FailureReason: "The ETag of the manifest is another than the job's." },
    ]);
    const strange = { ...(await manifest(both)), RoleArn: `arn:aws:iam::${AccountId}:role/runner` };
    expect((await run(tag, strange))[0]).toBe("Failed");
  });

  test("is told of jobs that are there alone", async () => {
    await expect(describeJob("not-a-job")).rejects.toMatchObject({
      name: "NotFoundException",
      $metadata: { httpStatusCode: 404 },
    });
  });
});

test("a job has tags of its own", async () => {
  const tags = [{ Key: "team", Value: "air" }];
  const operation = { S3DeleteObjectTagging: {} };
  const JobId = await create(operation, { ...(await manifest(both)), Tags: tags });
  const get = async () => (await control.send(new GetJobTaggingCommand({ AccountId, JobId }))).Tags;
  expect(await get()).toEqual(tags);
  await control.send(new PutJobTaggingCommand({ AccountId, JobId, Tags: [{ Key: "a", Value: "b" }] }));
  expect(await get()).toEqual([{ Key: "a", Value: "b" }]);
  await control.send(new DeleteJobTaggingCommand({ AccountId, JobId }));
  expect(await get()).toEqual([]);
  await cloud.settle();
});

test.each([
  ["no manifest", {}, "InvalidRequest"],
  ["checksums", { ...generated({}), Operation: { S3ComputeObjectChecksum: {} } }, "NotEmulated"],
  ["a report to nowhere", { ...generated({}), Report: { Enabled: true } }, "InvalidRequest"],
])("a job with %s is refused", async (_what, more, name) => {
  await expect(create({ S3DeleteObjectTagging: {} }, more)).rejects.toMatchObject({ name });
});

describe("a function", () => {
  const code = `exports.handler = async ({ invocationId, invocationSchemaVersion, job, tasks: [task] }) => ({
    invocationSchemaVersion, invocationId, treatMissingKeysAs: "PermanentFailure",
    results: [{
      taskId: task.taskId,
      resultCode: task.s3Key === "a/1" ? "Succeeded" : "PermanentFailure",
      resultString: [job.userArguments?.who, task.s3BucketArn ?? task.s3Bucket, task.s3Key].join(),
    }],
  });`;

  test("is invoked for each task, and says how it went", async () => {
    const lambda = new LambdaClient(cloud.clientConfig());
    const { FunctionArn } = await lambda.send(
      new CreateFunctionCommand({
        FunctionName: "batched",
        Role: `arn:aws:iam::${AccountId}:role/runner`,
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Code: { ZipFile: zipSync({ "index.js": Buffer.from(code) }) },
      }),
    );
    const Report = {
      Enabled: true,
      Bucket: "arn:aws:s3:::batch-reports",
      Format: "Report_CSV_20180820" as const,
      ReportScope: "FailedTasksOnly" as const,
    };
    const LambdaInvoke = { FunctionArn, InvocationSchemaVersion: "2.0", UserArguments: { who: "me" } };
    const id = await create({ LambdaInvoke }, { ...(await manifest(both)), Report });
    await cloud.settle();
    const { Status, ProgressSummary: done } = await describeJob(id);
    expect([Status, done?.NumberOfTasksSucceeded, done?.NumberOfTasksFailed]).toEqual(["Complete", 1, 1]);
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: "batch-reports", Prefix: `job-${id}/results` }),
    );
    const at = { Bucket: "batch-reports", Key: Contents[0]?.Key };
    expect(await (await s3.send(new GetObjectCommand(at))).Body?.transformToString()).toBe(
      `${Bucket},a/%C3%BC%2C%202,,failed,200,PermanentFailure,"me,${Bucket},a/%C3%BC%2C%202"\n`,
    );
  });
});

test("an inventory is a manifest", async () => {
  const key = "inventory/data/1.csv.gz";
  const list = gzipSync(`"${Bucket}","a%2F1","true"\n"${Bucket}","a%2F%C3%BC%2C+2","true"\n`);
  await s3.send(new PutObjectCommand({ Bucket: "batch-reports", Key: key, Body: list }));
  const inventory = {
    sourceBucket: Bucket,
    destinationBucket: "arn:aws:s3:::batch-reports",
    fileFormat: "CSV",
    fileSchema: "Bucket, Key, IsLatest",
    files: [{ key, size: list.length }],
  };
  const body = JSON.stringify(inventory);
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket: "batch-reports", Key: "inventory.json", Body: body }));
  const Manifest = {
    Spec: { Format: "S3InventoryReport_CSV_20161130" as const },
    Location: { ObjectArn: "arn:aws:s3:::batch-reports/inventory.json", ETag },
  };
  expect(await run({ S3DeleteObjectTagging: {} }, { Manifest })).toEqual(["Complete", 2, 0]);
});
