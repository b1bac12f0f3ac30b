// What a bucket of a template is told to be: by Cloud Control, and as drift.

import {
  CloudControlClient,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
  UpdateResourceCommand,
} from "@aws-sdk/client-cloudcontrol";
import {
  CloudFormationClient,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from "@aws-sdk/client-cloudformation";
import * as sdk from "@aws-sdk/client-s3";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

const Bucket = "read-back";
const TypeName = "AWS::S3::Bucket";
let cloud: RunningCloud;
let at: Stacks;
let s3: S3Client;
let control: CloudControlClient;

beforeAll(async () => {
  cloud = await startCloud();
  at = stacksOf(cloud);
  s3 = new S3Client(cloud.clientConfig());
  control = new CloudControlClient(cloud.clientConfig());
  const to = new sdk.CreateBucketCommand({ Bucket: "read-back-to" });
  await s3.send(to);
  await s3.send(
    new sdk.PutBucketVersioningCommand({ Bucket: "read-back-to", VersioningConfiguration: { Status: "Enabled" } }),
  );
});

beforeAll(() =>
  at.deploy("told", {
    Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "told" } },
    Policy: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: {
        Queues: [ref("Queue")],
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sqs:SendMessage", Resource: "*" },
          ],
        },
      },
    },
  }),
);

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function told(): Promise<Record<string, unknown>> {
  const { ResourceDescription } = await control.send(new GetResourceCommand({ TypeName, Identifier: Bucket }));
  return JSON.parse(ResourceDescription?.Properties ?? "") as Record<string, unknown>;
}

async function drift(StackName: string): Promise<unknown> {
  const api = new CloudFormationClient(cloud.clientConfig());
  await api.send(new DetectStackDriftCommand({ StackName }));
  await cloud.settle();
  const { StackResourceDrifts = [] } = await api.send(new DescribeStackResourceDriftsCommand({ StackName }));
  return StackResourceDrifts.map((each) => [
    each.StackResourceDriftStatus,
    each.PropertyDifferences?.map(({ PropertyPath }) => PropertyPath),
  ]);
}

const tag = { Key: "a", Value: "1" };
const to = "arn:aws:s3:::read-back-to";
const properties = {
  VersioningConfiguration: { Status: "Enabled" },
  Tags: [tag],
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: true,
  },
  OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerPreferred" }] },
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } },
    ],
  },
  LifecycleConfiguration: {
    TransitionDefaultMinimumObjectSize: "varies_by_storage_class",
    Rules: [
      {
        Id: "all",
        Status: "Enabled",
        Prefix: "logs/",
        TagFilters: [tag],
        ObjectSizeGreaterThan: 1000,
        Transitions: [{ StorageClass: "GLACIER", TransitionInDays: 30 }],
        NoncurrentVersionTransitions: [{ StorageClass: "GLACIER", TransitionInDays: 10, NewerNoncurrentVersions: 2 }],
        NoncurrentVersionExpiration: { NoncurrentDays: 90, NewerNoncurrentVersions: 3 },
      },
      { Id: "ends", Status: "Disabled", Prefix: "", ExpirationDate: "2090-01-01T00:00:00Z" },
      { Id: "parts", Status: "Enabled", Prefix: "p/", AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 } },
    ],
  },
  CorsConfiguration: {
    CorsRules: [
      {
        Id: "web",
        AllowedMethods: ["GET"],
        AllowedOrigins: ["*"],
        AllowedHeaders: ["x-*"],
        ExposedHeaders: ["etag"],
        MaxAge: 60,
      },
    ],
  },
  WebsiteConfiguration: {
    IndexDocument: "index.html",
    ErrorDocument: "error.html",
    RoutingRules: [
      {
        RoutingRuleCondition: { KeyPrefixEquals: "old/" },
        RedirectRule: { ReplaceKeyPrefixWith: "new/", HttpRedirectCode: "302" },
      },
    ],
  },
  NotificationConfiguration: {
    EventBridgeConfiguration: { EventBridgeEnabled: true },
    QueueConfigurations: [
      {
        Event: "s3:ObjectCreated:*",
        Queue: "arn:aws:sqs:us-east-1:000000000000:told",
        Filter: { S3Key: { Rules: [{ Name: "prefix", Value: "a/" }] } },
      },
    ],
  },
  LoggingConfiguration: { LogFilePrefix: "own/" },
  ReplicationConfiguration: {
    Role: "arn:aws:iam::000000000000:role/replicator",
    Rules: [
      {
        Id: "r",
        Priority: 1,
        Status: "Enabled",
        Filter: { And: { Prefix: "r/", TagFilters: [tag] } },
        DeleteMarkerReplication: { Status: "Disabled" },
        Destination: { Bucket: to, StorageClass: "STANDARD_IA" },
      },
    ],
  },
  InventoryConfigurations: [
    {
      Id: "i",
      Enabled: true,
      IncludedObjectVersions: "All",
      ScheduleFrequency: "Weekly",
      Prefix: "i/",
      OptionalFields: ["Size"],
      Destination: { BucketArn: to, BucketAccountId: "000000000000", Format: "CSV", Prefix: "lists" },
    },
  ],
  AnalyticsConfigurations: [
    {
      Id: "b",
      Prefix: "b/",
      TagFilters: [tag],
      StorageClassAnalysis: {
        DataExport: { OutputSchemaVersion: "V_1", Destination: { BucketArn: to, Format: "CSV", Prefix: "x" } },
      },
    },
    { Id: "a", StorageClassAnalysis: {} },
  ],
  MetricsConfigurations: [{ Id: "all" }],
  IntelligentTieringConfigurations: [
    { Id: "t", Status: "Enabled", TagFilters: [tag], Tierings: [{ AccessTier: "ARCHIVE_ACCESS", Days: 90 }] },
  ],
  AccelerateConfiguration: { AccelerationStatus: "Enabled" },
  AbacStatus: "Enabled",
};

const having = (more: object): Resources => ({
  Read: { Type: TypeName, Properties: { BucketName: Bucket, ...more } },
});

test("a bucket that says nothing has AWS's defaults and its names", async () => {
  await at.deploy("plain", having({}));
  expect(await told()).toEqual({
    BucketName: Bucket,
    Arn: `arn:aws:s3:::${Bucket}`,
    DomainName: expect.stringContaining(Bucket) as string,
    RegionalDomainName: expect.stringContaining("us-east-1") as string,
    DualStackDomainName: expect.stringContaining("dualstack") as string,
    WebsiteURL: expect.stringMatching(/^http:/) as string,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: false,
          ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
          BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
        },
      ],
    },
    AbacStatus: "Disabled",
    Tags: expect.any(Array) as unknown[],
  });
  await at.destroy("plain");
});

test("every property is told as the template said it, and nothing of it has drifted", async () => {
  await at.deploy("whole", having({ ...properties, AccessControl: "LogDeliveryWrite" }));
  const { Tags, LoggingConfiguration, AnalyticsConfigurations, ...same } = properties;
  const found = await told();
  expect(found).toMatchObject(same);
  expect(found["Tags"]).toContainEqual(Tags[0]);
  expect(found["LoggingConfiguration"]).toEqual({ ...LoggingConfiguration, DestinationBucketName: Bucket });
  expect(found["AnalyticsConfigurations"]).toEqual(AnalyticsConfigurations.toReversed());
  expect(await drift("whole")).toEqual([["IN_SYNC", []]]);
});

test("what was changed behind the template's back has drifted", async () => {
  const SSEAlgorithm = "AES256";
  const ServerSideEncryptionConfiguration = {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm }, BucketKeyEnabled: true } as const],
  };
  await s3.send(new sdk.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
  await s3.send(new sdk.DeleteBucketCorsCommand({ Bucket }));
  const rule = "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/SSEAlgorithm";
  expect(await drift("whole")).toEqual([["MODIFIED", expect.arrayContaining([rule, "/CorsConfiguration"])]]);
});

test("a patch changes what it names and nothing else", async () => {
  const before = await told();
  const patch = [
    { op: "remove", path: "/WebsiteConfiguration" },
    { op: "replace", path: "/LifecycleConfiguration/Rules/0/Status", value: "Disabled" },
  ];
  const { ProgressEvent } = await control.send(
    new UpdateResourceCommand({ TypeName, Identifier: Bucket, PatchDocument: JSON.stringify(patch) }),
  );
  await cloud.settle();
  const { RequestToken } = ProgressEvent ?? {};
  const done = await control.send(new GetResourceRequestStatusCommand({ RequestToken }));
  expect(done.ProgressEvent?.OperationStatus).toBe("SUCCESS");
  const { WebsiteConfiguration, LifecycleConfiguration, ...same } = before;
  expect(WebsiteConfiguration).toBeDefined();
  const { LifecycleConfiguration: now, ...rest } = await told();
  expect(rest).toEqual(same);
  const { Rules } = LifecycleConfiguration as typeof properties.LifecycleConfiguration;
  expect((now as { Rules: unknown[] }).Rules).toEqual([{ ...Rules[0], Status: "Disabled" }, ...Rules.slice(1)]);
});

test("a bucket has one policy: a second of a template is refused, and the first stays", async () => {
  const policy = (Sid: string) => ({
    Type: "AWS::S3::BucketPolicy",
    Properties: {
      Bucket,
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid,
            Effect: "Deny",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: `arn:aws:s3:::${Bucket}/*`,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      },
    },
  });
  await at.deploy("first", { Policy: policy("First") });
  expect(await at.failure("second", { Policy: policy("Second") })).toContain(
    `The bucket policy already exists on bucket ${Bucket}.`,
  );
  expect((await s3.send(new sdk.GetBucketPolicyCommand({ Bucket }))).Policy).toContain("First");
  await at.deploy("first", { Policy: policy("Third") });
  expect((await s3.send(new sdk.GetBucketPolicyCommand({ Bucket }))).Policy).toContain("Third");
});
