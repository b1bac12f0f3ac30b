// What a stack's role needs for a bucket, and that the right it lacks is the one that is named.

import { CloudFormationClient, CreateStackCommand, DescribeStackEventsCommand } from "@aws-sdk/client-cloudformation";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let iam: IAMClient;
const RoleName = "deployer";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  iam = new IAMClient(cloud.clientConfig());
  const trust = { Effect: "Allow", Principal: { Service: "cloudformation.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

/** How the bucket ended, with the reason of its failure. */
async function made(StackName: string, Action: readonly string[]): Promise<unknown> {
  const Statement = { Effect: "Allow", Action, Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument }));
  const api = new CloudFormationClient(cloud.clientConfig());
  const Properties = { ObjectLockEnabled: true, CorsConfiguration: cors };
  const TemplateBody = JSON.stringify({ Resources: { Made: { Type: "AWS::S3::Bucket", Properties } } });
  const RoleARN = `arn:aws:iam::000000000000:role/${RoleName}`;
  await api.send(new CreateStackCommand({ StackName, RoleARN, TemplateBody }));
  await cloud.settle();
  const { StackEvents = [] } = await api.send(new DescribeStackEventsCommand({ StackName }));
  const ended = StackEvents.find(({ ResourceStatus }) => /^CREATE_(FAILED|COMPLETE)$/.test(ResourceStatus ?? ""));
  return /perform: (s3:\w+)/.exec(ended?.ResourceStatusReason ?? "")?.[1] ?? ended?.ResourceStatus;
}

const cors = { CorsRules: [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"] }] };
const needed = [
  "s3:CreateBucket",
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutBucketVersioning",
  "s3:PutBucketTagging",
  "s3:PutBucketCORS",
];

test.each(needed)("a role without %s is told so, whether or not it may delete again", async (missing) => {
  const rest = needed.filter((action) => action !== missing);
  const name = missing.slice("s3:".length);
  expect(await made(`${name}-kept`, rest)).toBe(missing);
  expect(await made(`${name}-gone`, [...rest, "s3:DeleteBucket"])).toBe(missing);
});

test("a role with these makes it", async () => {
  expect(await made("whole", needed)).toBe("CREATE_COMPLETE");
});
