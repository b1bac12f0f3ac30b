// Condition keys of access points and jobs: each has its value in the requests it goes with.

import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateAccessPointCommand,
  CreateJobCommand,
  DescribeJobCommand,
  GetAccessPointCommand,
  PutJobTaggingCommand,
  S3ControlClient,
  TagResourceCommand,
  UpdateJobPriorityCommand,
  UpdateJobStatusCommand,
} from "@aws-sdk/client-s3-control";
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

const AccountId = "000000000000";
const Bucket = "behind-conditions";
const Point = `arn:aws:s3:us-east-1:${AccountId}:accesspoint/tagged`;
let cloud: RunningCloud;
let iam: IAMClient;
let ann: S3ControlClient;
let s3OfAnn: S3Client;
let JobId: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  const config = { ...cloud.clientConfig(), endpoint: "http://localhost:4566", maxAttempts: 1 };
  const root = new S3ControlClient(config);
  await new S3Client(cloud.clientConfig()).send(new CreateBucketCommand({ Bucket }));
  iam = new IAMClient(cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName: "ann" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  ann = new S3ControlClient({ ...config, credentials });
  s3OfAnn = new S3Client({ ...config, credentials, forcePathStyle: false });
  const Tags = [{ Key: "team", Value: "a" }];
  await root.send(new CreateAccessPointCommand({ AccountId, Name: "tagged", Bucket, Tags }));
  const trust = {
    Effect: "Allow",
    Principal: { Service: "batchoperations.s3.amazonaws.com" },
    Action: "sts:AssumeRole",
  };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  await iam.send(new CreateRoleCommand({ RoleName: "batch", AssumeRolePolicyDocument }));
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
  });
  await iam.send(new PutRolePolicyCommand({ RoleName: "batch", PolicyName: "all", PolicyDocument }));
  JobId = (await root.send(job())).JobId ?? "";
  await cloud.settle();
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const job = (): CreateJobCommand =>
  new CreateJobCommand({
    AccountId,
    RoleArn: `arn:aws:iam::${AccountId}:role/batch`,
    Priority: 7,
    Operation: { S3DeleteObjectTagging: {} },
    Report: { Enabled: false },
    ConfirmationRequired: true,
    ManifestGenerator: {
      S3JobManifestGenerator: { SourceBucket: `arn:aws:s3:::${Bucket}`, EnableManifestOutput: false },
    },
  });

/** Ann may do anything, but not where the condition holds. */
async function forbid(Condition: object): Promise<void> {
  const Statement = [
    { Effect: "Allow", Action: ["s3:*", "iam:PassRole"], Resource: "*" },
    { Effect: "Deny", Action: "s3:*", Resource: "*", Condition },
  ];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "p", PolicyDocument }));
}

async function isDenied(call: Promise<unknown>): Promise<boolean> {
  const error = (await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )) as { readonly $metadata?: { readonly httpStatusCode?: number } } | undefined;
  return error?.$metadata?.httpStatusCode === 403;
}

const point = () => ann.send(new GetAccessPointCommand({ AccountId, Name: "tagged" }));
const priority = (Priority: number) => ann.send(new UpdateJobPriorityCommand({ AccountId, JobId, Priority }));

test.each<[string, string, () => Promise<unknown>]>([
  ["s3:DataAccessPointArn", Point, point],
  ["s3:DataAccessPointAccount", AccountId, point],
  ["s3:AccessPointNetworkOrigin", "Internet", point],
  ["s3:AccessPointTag/team", "a", point],
  ["aws:ResourceTag/team", "a", point],
  ["s3:AccessPointTag/team", "a", () => s3OfAnn.send(new PutObjectCommand({ Bucket: Point, Key: "k", Body: "-" }))],
  ["aws:ResourceTag/team", "a", () => s3OfAnn.send(new PutObjectCommand({ Bucket: Point, Key: "k", Body: "-" }))],
  [
    "aws:RequestTag/team",
    "b",
    () => ann.send(new TagResourceCommand({ AccountId, ResourceArn: Point, Tags: [{ Key: "team", Value: "b" }] })),
  ],
  ["s3:authType", "REST-HEADER", point],
  ["s3:signatureversion", "AWS4-HMAC-SHA256", point],
  ["s3:ResourceAccount", AccountId, point],
  ["s3:TlsVersion", "1.3", point],
  ["s3:RequestJobOperation", "S3DeleteObjectTagging", () => ann.send(job())],
  ["s3:RequestJobPriority", "7", () => ann.send(job())],
  ["s3:RequestJobPriority", "9", () => priority(9)],
  ["s3:ExistingJobPriority", "7", () => priority(9)],
  [
    "s3:ExistingJobOperation",
    "S3DeleteObjectTagging",
    () => ann.send(new PutJobTaggingCommand({ AccountId, JobId, Tags: [{ Key: "a", Value: "b" }] })),
  ],
  [
    "s3:JobSuspendedCause",
    "AWAITING_CONFIRMATION",
    () => ann.send(new UpdateJobStatusCommand({ AccountId, JobId, RequestedJobStatus: "Ready" })),
  ],
])("%s: %s", async (key, value, call) => {
  await forbid({ StringEquals: { [key]: value } });
  expect(await isDenied(call())).toBe(true);
});

test("what a job was is nothing to who only asks for it", async () => {
  await forbid({ Null: { "s3:ExistingJobPriority": "false" } });
  expect(await isDenied(ann.send(new DescribeJobCommand({ AccountId, JobId })))).toBe(false);
});
