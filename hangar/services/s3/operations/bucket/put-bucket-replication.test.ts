// A bucket's replication configuration: set, told, removed, and refused.

import {
  CreateBucketCommand,
  DeleteBucketReplicationCommand,
  GetBucketReplicationCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  S3Client,
  type BucketVersioningStatus,
  type ReplicationRule,
} from "@aws-sdk/client-s3";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "replicates-here";
const Role = "arn:aws:iam::000000000000:role/nobody-yet";
const rule: ReplicationRule = {
  ID: "rtc",
  Priority: 0,
  Filter: {},
  Status: "Disabled",
  Destination: {
    Bucket: "arn:aws:s3:::replicates-there",
    StorageClass: "STANDARD",
    ReplicationTime: { Status: "Enabled", Time: { Minutes: 15 } },
    Metrics: { Status: "Enabled", EventThreshold: { Minutes: 15 } },
  },
  DeleteMarkerReplication: { Status: "Disabled" },
};

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

function put(client: S3Client, Rules: ReplicationRule[]) {
  return client.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration: { Role, Rules } }));
}

function version(name: string, Status: BucketVersioningStatus) {
  return s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status } }));
}

test("there is none at first", async () => {
  await expect(s3.send(new GetBucketReplicationCommand({ Bucket }))).rejects.toMatchObject({
    name: "ReplicationConfigurationNotFoundError",
    message: "The replication configuration was not found",
    BucketName: Bucket,
    $metadata: { httpStatusCode: 404 },
  });
});

test("it needs versions on both sides", async () => {
  const refused = (message: string) => ({ name: "InvalidRequest", message, $metadata: { httpStatusCode: 400 } });
  await expect(put(s3, [rule])).rejects.toMatchObject(
    refused("Versioning must be 'Enabled' on the bucket to apply a replication configuration"),
  );
  await version(Bucket, "Enabled");
  await expect(put(s3, [rule])).rejects.toMatchObject(refused("Destination bucket must exist."));
  await s3.send(new CreateBucketCommand({ Bucket: "replicates-there" }));
  await expect(put(s3, [rule])).rejects.toMatchObject(refused("Destination bucket must have versioning enabled."));
  await version("replicates-there", "Enabled");
  await expect(put(s3, [])).rejects.toMatchObject({ name: "MalformedXML" });
});

test("it is told as it was set", async () => {
  await put(s3, [rule]);
  const { ReplicationConfiguration } = await s3.send(new GetBucketReplicationCommand({ Bucket }));
  expect(ReplicationConfiguration).toEqual({ Role, Rules: [rule] });
});

test("while it stands, versioning does", async () => {
  await expect(version(Bucket, "Suspended")).rejects.toMatchObject({
    name: "InvalidBucketState",
    $metadata: { httpStatusCode: 409 },
  });
});

test("whoever sets it must be allowed to pass the role", async () => {
  const iam = new IAMClient(cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName: "ann" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  const ann = new S3Client({ ...cloud.clientConfig(), credentials });
  const allow = (Action: string[]) => {
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action, Resource: "*" }],
    });
    return iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "p", PolicyDocument }));
  };
  await allow(["s3:PutReplicationConfiguration"]);
  await expect(put(ann, [rule])).rejects.toThrow("is not authorized to perform: iam:PassRole");
  await allow(["s3:PutReplicationConfiguration", "iam:PassRole"]);
  await put(ann, [{ ...rule, ID: "by ann" }]);
  const { ReplicationConfiguration } = await s3.send(new GetBucketReplicationCommand({ Bucket }));
  expect(ReplicationConfiguration?.Rules?.[0]?.ID).toBe("by ann");
});

test("its role is of the same account", async () => {
  const foreign = { Role: "arn:aws:iam::222222222222:role/theirs", Rules: [rule] };
  await expect(
    s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration: foreign })),
  ).rejects.toMatchObject({ name: "AccessDenied" });
});

test("it is removed, more than once", async () => {
  await s3.send(new DeleteBucketReplicationCommand({ Bucket }));
  await s3.send(new DeleteBucketReplicationCommand({ Bucket }));
  await version(Bucket, "Suspended");
});
