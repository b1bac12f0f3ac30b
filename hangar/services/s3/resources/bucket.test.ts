// Buckets in a template as the CDK writes it: settings, policy, notifications, and emptied before they are deleted.

import {
  CreateBucketCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let s3: S3Client;
let outputs: Record<string, string>;

beforeAll(async () => {
  cloud = await startCloud();
  at = stacksOf(cloud);
  s3 = new S3Client(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const arn = (name: string) => attribute(name, "Arn");
const policy = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });

/** A singleton handler of the CDK: native here, so its code never runs. */
const handler = {
  Type: "AWS::Lambda::Function",
  Properties: {
    Runtime: "nodejs24.x",
    Handler: "index.handler",
    Role: arn("Role"),
    Code: { ZipFile: "exports.handler = async () => { throw new Error('not native') }" },
  },
};

function buckets(more: object, url = "index.html"): Resources {
  return {
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: policy({
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
        Policies: [{ PolicyName: "all", PolicyDocument: policy({ Effect: "Allow", Action: "*", Resource: "*" }) }],
      },
    },
    Key: {
      Type: "AWS::KMS::Key",
      Properties: {
        KeyPolicy: policy({
          Effect: "Allow",
          Principal: { AWS: { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root" } },
          Action: "kms:*",
          Resource: "*",
        }),
      },
    },
    Uploads: {
      Type: "AWS::S3::Bucket",
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: { KMSMasterKeyID: arn("Key"), SSEAlgorithm: "aws:kms" },
            },
          ],
        },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
        VersioningConfiguration: { Status: "Enabled" },
        Tags: [{ Key: "aws-cdk:auto-delete-objects", Value: "true" }],
        ...more,
      },
      DeletionPolicy: "Delete",
      UpdateReplacePolicy: "Delete",
    },
    UploadsPolicy: {
      Type: "AWS::S3::BucketPolicy",
      Properties: {
        Bucket: ref("Uploads"),
        PolicyDocument: policy({
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "s3:*",
          Resource: [arn("Uploads"), { "Fn::Join": ["", [arn("Uploads"), "/*"]] }],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      },
    },
    CustomS3AutoDeleteObjectsCustomResourceProviderHandler9D90184F: handler,
    UploadsAutoDeleteObjectsCustomResource: {
      Type: "Custom::S3AutoDeleteObjects",
      DependsOn: ["UploadsPolicy"],
      Properties: {
        ServiceToken: arn("CustomS3AutoDeleteObjectsCustomResourceProviderHandler9D90184F"),
        BucketName: ref("Uploads"),
      },
    },
    Queue: { Type: "AWS::SQS::Queue" },
    QueuePolicy: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: {
        Queues: [ref("Queue")],
        PolicyDocument: policy({
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
          Resource: arn("Queue"),
          Condition: { ArnLike: { "aws:SourceArn": arn("Uploads") } },
        }),
      },
    },
    BucketNotificationsHandler050a0587b7544547bf325f094a3db8347ECC3691: handler,
    UploadsNotifications: {
      Type: "Custom::S3BucketNotifications",
      DependsOn: ["QueuePolicy"],
      Properties: {
        ServiceToken: arn("BucketNotificationsHandler050a0587b7544547bf325f094a3db8347ECC3691"),
        BucketName: ref("Uploads"),
        NotificationConfiguration: {
          QueueConfigurations: [
            {
              Events: ["s3:ObjectCreated:*"],
              Filter: { Key: { FilterRules: [{ Name: "prefix", Value: "incoming/" }] } },
              QueueArn: arn("Queue"),
            },
          ],
        },
        Managed: true,
      },
    },
    Site: {
      Type: "AWS::S3::Bucket",
      Properties: { WebsiteConfiguration: { IndexDocument: url, ErrorDocument: "error.html" } },
    },
  };
}

const shown = { Bucket: ref("Uploads"), Queue: ref("Queue"), Key: arn("Key"), Site: ref("Site") };

const settings = {
  LifecycleConfiguration: {
    Rules: [
      { Id: "unclaimed", Prefix: "incoming/", Status: "Enabled", ExpirationInDays: 1 },
      { Id: "old", Status: "Enabled", NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
    ],
  },
  CorsConfiguration: {
    CorsRules: [{ AllowedMethods: ["PUT", "GET"], AllowedOrigins: ["*"], AllowedHeaders: ["*"], MaxAge: 3600 }],
  },
};

test("a stack has its buckets as its template says, and tells the queue", async () => {
  outputs = await at.deploy("buckets", buckets(settings), shown);
  const { Bucket } = outputs;
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe("Enabled");
  const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  expect(ServerSideEncryptionConfiguration?.Rules).toMatchObject([
    {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: outputs["Key"] },
      BucketKeyEnabled: true,
    },
  ]);
  const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  expect(PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  });
  const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  expect(Rules?.map((rule) => [rule.ID, rule.Filter, rule.Expiration, rule.NoncurrentVersionExpiration])).toEqual([
    ["unclaimed", { Prefix: "incoming/" }, { Days: 1 }, undefined],
    ["old", { Prefix: "" }, undefined, { NoncurrentDays: 30 }],
  ]);
  expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual([
    { AllowedHeaders: ["*"], AllowedMethods: ["PUT", "GET"], AllowedOrigins: ["*"], MaxAgeSeconds: 3600 },
  ]);
  expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toContain("aws:SecureTransport");
  const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
  expect(TagSet.map((tag) => tag.Key)).toContain("aws:cloudformation:logical-id");
  const { IndexDocument } = await s3.send(new GetBucketWebsiteCommand({ Bucket: outputs["Site"] }));
  expect(IndexDocument).toEqual({ Suffix: "index.html" });
  await s3.send(new PutObjectCommand({ Bucket, Key: "incoming/a", Body: "x" }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "elsewhere", Body: "x" }));
  await cloud.settle();
  const sqs = new SQSClient(cloud.clientConfig());
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: outputs["Queue"], MaxNumberOfMessages: 10 }),
  );
  const told = Messages.map(({ Body = "" }) => JSON.parse(Body) as { Event?: string; Records?: { s3: object }[] });
  expect(told).toMatchObject([{ Event: "s3:TestEvent" }, { Records: [{ s3: { object: { key: "incoming/a" } } }] }]);
});

test("an update sets what is new and takes away what the template no longer has", async () => {
  const { LifecycleConfiguration, ...rest } = settings;
  expect(LifecycleConfiguration.Rules).toHaveLength(2);
  expect(await at.deploy("buckets", buckets(rest, "home.html"), shown)).toEqual(outputs);
  const { Bucket, Site } = outputs;
  await expect(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).rejects.toMatchObject({
    name: "NoSuchLifecycleConfiguration",
  });
  expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toHaveLength(1);
  expect((await s3.send(new GetBucketWebsiteCommand({ Bucket: Site }))).IndexDocument).toEqual({ Suffix: "home.html" });
  const { QueueConfigurations } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
  expect(QueueConfigurations).toHaveLength(1);
});

test("a bucket with autoDeleteObjects goes with its stack, versions, markers and all", async () => {
  const { Bucket } = outputs;
  await s3.send(new PutObjectCommand({ Bucket, Key: "elsewhere", Body: "again" }));
  await at.destroy("buckets");
  await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: "NotFound" });
  await expect(s3.send(new HeadBucketCommand({ Bucket: outputs["Site"] }))).rejects.toMatchObject({ name: "NotFound" });
});

test("a bucket that is there is no stack's to make", async () => {
  const BucketName = "there-before";
  await s3.send(new CreateBucketCommand({ Bucket: BucketName }));
  const resources = { Taken: { Type: "AWS::S3::Bucket", Properties: { BucketName } } };
  expect(await at.failure("taken", resources)).toMatch(
    /"there-before already exists \(Service: S3, Status Code: 0, Request ID: null\)" \(RequestToken: [\w-]+, HandlerErrorCode: AlreadyExists\)/,
  );
  await s3.send(new HeadBucketCommand({ Bucket: BucketName }));
});

test("a bucket of the account's own namespace is named by a prefix", async () => {
  const bucket = { BucketNamePrefix: "own", BucketNamespace: "account-regional" };
  const resources = { Own: { Type: "AWS::S3::Bucket", Properties: bucket } };
  expect(await at.deploy("own-bucket", resources, { Bucket: ref("Own") })).toEqual({
    Bucket: "own-000000000000-us-east-1-an",
  });
  await at.destroy("own-bucket");
});
