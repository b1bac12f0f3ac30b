// Managed policies and their versions, through the SDK.

import { IAM } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let iam: IAM;
const allow = (Action: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "iam-policies" });
  iam = new IAM({ ...cloud.clientConfig(), maxAttempts: 1 });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a policy has versions, one of them the default, five at most", async () => {
  const { Policy } = await iam.createPolicy({ PolicyName: "p", PolicyDocument: allow("s3:GetObject") });
  const PolicyArn = Policy?.Arn ?? "";
  expect(PolicyArn).toBe("arn:aws:iam::000000000000:policy/p");
  expect(Policy).toMatchObject({ DefaultVersionId: "v1", AttachmentCount: 0, IsAttachable: true });
  await expect(iam.createPolicy({ PolicyName: "p", PolicyDocument: allow("s3:*") })).rejects.toMatchObject({
    name: "EntityAlreadyExistsException",
    message: "A policy called p already exists. Duplicate names are not allowed.",
  });
  await iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow("s3:PutObject"), SetAsDefault: true });
  expect((await iam.getPolicy({ PolicyArn })).Policy?.DefaultVersionId).toBe("v2");
  await iam.setDefaultPolicyVersion({ PolicyArn, VersionId: "v1" });
  const first = await iam.getPolicyVersion({ PolicyArn, VersionId: "v1" });
  expect(first.PolicyVersion?.IsDefaultVersion).toBe(true);
  expect(decodeURIComponent(first.PolicyVersion?.Document ?? "")).toBe(allow("s3:GetObject"));
  await expect(iam.deletePolicyVersion({ PolicyArn, VersionId: "v1" })).rejects.toMatchObject({
    name: "DeleteConflictException",
    message: "Cannot delete the default version of a policy.",
  });
  for (let version = 3; version <= 5; version += 1)
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow("s3:PutObject") });
  await expect(iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow("s3:*") })).rejects.toMatchObject({
    name: "LimitExceededException",
    message: expect.stringContaining("A managed policy can have up to 5 versions."),
  });
  await expect(iam.deletePolicy({ PolicyArn })).rejects.toMatchObject({ name: "DeleteConflictException" });
  for (const VersionId of ["v2", "v3", "v4", "v5"]) await iam.deletePolicyVersion({ PolicyArn, VersionId });
  expect((await iam.listPolicyVersions({ PolicyArn })).Versions?.map((version) => version.VersionId)).toEqual(["v1"]);
  await iam.deletePolicy({ PolicyArn });
  await expect(iam.getPolicy({ PolicyArn })).rejects.toMatchObject({
    name: "NoSuchEntityException",
    message: `Policy ${PolicyArn} was not found.`,
  });
});

test("an attached policy stays, and says to whom it is attached", async () => {
  const { Policy } = await iam.createPolicy({
    PolicyName: "attached",
    PolicyDocument: allow("s3:*"),
    Tags: [{ Key: "a", Value: "1" }],
  });
  const PolicyArn = Policy?.Arn ?? "";
  await iam.createUser({ UserName: "user" });
  await iam.attachUserPolicy({ UserName: "user", PolicyArn });
  const entities = await iam.listEntitiesForPolicy({ PolicyArn });
  expect(entities.PolicyUsers?.map((user) => user.UserName)).toEqual(["user"]);
  expect((await iam.listPolicies({ Scope: "Local", OnlyAttached: true })).Policies).toMatchObject([
    { Arn: PolicyArn, AttachmentCount: 1 },
  ]);
  await expect(iam.deletePolicy({ PolicyArn })).rejects.toMatchObject({
    name: "DeleteConflictException",
    message: "Cannot delete a policy attached to entities.",
  });
  await iam.tagPolicy({ PolicyArn, Tags: [{ Key: "b", Value: "2" }] });
  await iam.untagPolicy({ PolicyArn, TagKeys: ["a"] });
  expect((await iam.listPolicyTags({ PolicyArn })).Tags).toEqual([{ Key: "b", Value: "2" }]);
});

test.each([
  ["not json", "Syntax errors in policy."],
  [
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*"}]}',
    "Policy statement must contain resources.",
  ],
  [
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*"}]}',
    "Policy statement must contain actions.",
  ],
])("%s is refused", async (PolicyDocument, message) => {
  await expect(iam.createPolicy({ PolicyName: "bad", PolicyDocument })).rejects.toMatchObject({
    name: "MalformedPolicyDocumentException",
    message,
  });
});

test("what a simulation cannot take into account is refused, not ignored", async () => {
  const custom = { PolicyInputList: [allow("s3:Get*")], ActionNames: ["s3:GetObject"] };
  await expect(iam.simulateCustomPolicy({ ...custom, ResourceHandlingOption: "EC2-VPC" })).rejects.toMatchObject({
    name: "NotEmulated",
  });
});

test("a simulation says what would be decided, and by which statement", async () => {
  const simulated = await iam.simulateCustomPolicy({
    PolicyInputList: [allow("s3:Get*")],
    ActionNames: ["s3:GetObject", "s3:PutObject"],
  });
  expect(simulated.EvaluationResults?.map((each) => [each.EvalActionName, each.EvalDecision])).toEqual([
    ["s3:GetObject", "allowed"],
    ["s3:PutObject", "implicitDeny"],
  ]);
  await iam.createUser({ UserName: "simulated" });
  await iam.putUserPolicy({ UserName: "simulated", PolicyName: "own", PolicyDocument: allow("sqs:*") });
  const ofUser = await iam.simulatePrincipalPolicy({
    PolicySourceArn: "arn:aws:iam::000000000000:user/simulated",
    ActionNames: ["sqs:SendMessage"],
  });
  expect(ofUser.EvaluationResults?.[0]?.EvalDecision).toBe("allowed");
});
