// AWS::S3::AccessPoint, deployed by CloudFormation and seen through S3 Control's own client.

import { CloudControlClient, GetResourceCommand } from "@aws-sdk/client-cloudcontrol";
import {
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  ListTagsForResourceCommand,
  S3ControlClient,
} from "@aws-sdk/client-s3-control";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let control: S3ControlClient;
const AccountId = "000000000000";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "s3control.access-point" });
  at = stacksOf(cloud, { team: "air" });
  control = new S3ControlClient({ ...cloud.clientConfig(), endpoint: "http://localhost:4566", maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const bucket = { Type: "AWS::S3::Bucket", Properties: { BucketName: "of-a-template" } };
const template = (Properties: object = {}): Resources => ({
  Bucket: bucket,
  Point: { Type: "AWS::S3::AccessPoint", Properties: { Bucket: ref("Bucket"), ...Properties } },
});
const outputs = {
  Name: ref("Point"),
  Arn: attribute("Point", "Arn"),
  Alias: attribute("Point", "Alias"),
  Origin: attribute("Point", "NetworkOrigin"),
  Same: attribute("Point", "Name"),
};
const policy = (Resource: string): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: AccountId }, Action: "s3:GetObject", Resource }],
});
const found = async (Name = "") => control.send(new GetAccessPointCommand({ AccountId, Name }));
const tags = async (ResourceArn = "") =>
  (await control.send(new ListTagsForResourceCommand({ AccountId, ResourceArn }))).Tags;

test("is made with every property, changes in place, and goes back to AWS's defaults", async () => {
  const arn = `arn:aws:s3:us-east-1:${AccountId}:accesspoint/way-in`;
  const made = await at.deploy(
    "points",
    template({
      Name: "way-in",
      BucketAccountId: AccountId,
      Policy: policy(`${arn}/object/*`),
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
      Tags: [{ Key: "a", Value: "1" }],
    }),
    outputs,
  );
  const alias = expect.stringMatching(/^way-in-[a-z0-9]{34}-s3alias$/) as string;
  expect(made).toEqual({ Name: "way-in", Same: "way-in", Arn: arn, Alias: alias, Origin: "Internet" });
  expect((await found("way-in")).PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  });
  const { Policy = "" } = await control.send(new GetAccessPointPolicyCommand({ AccountId, Name: "way-in" }));
  expect(JSON.parse(Policy)).toEqual(policy(`${arn}/object/*`));
  expect(await tags(arn)).toEqual([
    { Key: "team", Value: "air" },
    { Key: "a", Value: "1" },
  ]);
  const again = await at.deploy("points", template({ Name: "way-in", BucketAccountId: AccountId }), outputs);
  expect(again).toEqual(made);
  expect((await found("way-in")).PublicAccessBlockConfiguration?.RestrictPublicBuckets).toBe(true);
  await expect(control.send(new GetAccessPointPolicyCommand({ AccountId, Name: "way-in" }))).rejects.toMatchObject({
    name: "NoSuchAccessPointPolicy",
  });
  expect(await tags(arn)).toEqual([{ Key: "team", Value: "air" }]);
  await at.destroy("points");
  await expect(found("way-in")).rejects.toMatchObject({ name: "NoSuchAccessPoint" });
});

test("without a name it gets one; another network is another access point", async () => {
  const first = await at.deploy("unnamed", template(), outputs);
  expect(first["Name"]).toMatch(/^unnamed-point-[a-z0-9]+$/);
  const second = await at.deploy("unnamed", template({ VpcConfiguration: { VpcId: "vpc-1a" } }), outputs);
  expect(second["Origin"]).toBe("VPC");
  expect(second["Name"]).not.toBe(first["Name"]);
  await expect(found(first["Name"])).rejects.toMatchObject({ name: "NoSuchAccessPoint" });
  const api = new CloudControlClient(cloud.clientConfig());
  const { ResourceDescription } = await api.send(
    new GetResourceCommand({ TypeName: "AWS::S3::AccessPoint", Identifier: second["Name"] }),
  );
  expect(JSON.parse(ResourceDescription?.Properties ?? "{}")).toMatchObject({
    Name: second["Name"],
    Bucket: "of-a-template",
    VpcConfiguration: { VpcId: "vpc-1a" },
  });
  await at.destroy("unnamed");
});

test("a policy that S3 refuses fails the deployment, and nothing of it stays", async () => {
  const reason = await at.failure("refused", template({ Name: "not-to-be", Policy: policy("arn:aws:s3:::other/*") }));
  expect(reason).toContain("Policy has invalid resource");
  await expect(found("not-to-be")).rejects.toMatchObject({ name: "NoSuchAccessPoint" });
});
