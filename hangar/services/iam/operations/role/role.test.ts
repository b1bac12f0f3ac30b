// Roles: trust, policies, boundaries, tags, instance profiles and service-linked roles, through the SDK.

import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let iam: IAM;
const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const trust = (Principal: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }] });
const lambda = trust({ Service: "lambda.amazonaws.com" });
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
});

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "iam-roles" });
  iam = new IAM({ ...cloud.clientConfig(), maxAttempts: 1 });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a role is created, read, changed and deleted", async () => {
  const { Role } = await iam.createRole({
    RoleName: "worker",
    Path: "/app/",
    AssumeRolePolicyDocument: lambda,
    Description: "works",
    Tags: [{ Key: "a", Value: "1" }],
  });
  expect(Role).toMatchObject({ Arn: "arn:aws:iam::000000000000:role/app/worker", Tags: [{ Key: "a", Value: "1" }] });
  expect(Role?.RoleId).toMatch(/^AROA[A-Z0-9]{17}$/);
  await expect(iam.createRole({ RoleName: "worker", AssumeRolePolicyDocument: lambda })).rejects.toMatchObject({
    name: "EntityAlreadyExistsException",
    message: "Role with name worker already exists.",
  });
  await iam.updateRole({ RoleName: "worker", MaxSessionDuration: 7200 });
  await iam.updateRoleDescription({ RoleName: "worker", Description: "still works" });
  const other = trust({ AWS: "arn:aws:iam::000000000000:root" });
  await iam.updateAssumeRolePolicy({ RoleName: "worker", PolicyDocument: other });
  const got = (await iam.getRole({ RoleName: "worker" })).Role;
  expect(got).toMatchObject({ MaxSessionDuration: 7200, Description: "still works", RoleLastUsed: {} });
  expect(decodeURIComponent(got?.AssumeRolePolicyDocument ?? "")).toBe(other);
  expect((await iam.listRoles({ PathPrefix: "/app/" })).Roles?.map((role) => role.RoleName)).toEqual(["worker"]);
  await iam.deleteRole({ RoleName: "worker" });
  await expect(iam.getRole({ RoleName: "worker" })).rejects.toMatchObject({
    name: "NoSuchEntityException",
    message: "The role with name worker cannot be found.",
  });
});

test("a trust policy must be a policy", async () => {
  await expect(iam.createRole({ RoleName: "bad", AssumeRolePolicyDocument: '{"Statement": [}' })).rejects.toMatchObject(
    { name: "MalformedPolicyDocumentException", message: "This policy contains invalid Json" },
  );
  await expect(iam.getRole({ RoleName: "bad" })).rejects.toMatchObject({ name: "NoSuchEntityException" });
});

test("a role with policies stays", async () => {
  const RoleName = "policies";
  await iam.createRole({ RoleName, AssumeRolePolicyDocument: lambda });
  await iam.putRolePolicy({ RoleName, PolicyName: "own", PolicyDocument: document });
  await iam.attachRolePolicy({ RoleName, PolicyArn: READ });
  expect((await iam.listRolePolicies({ RoleName })).PolicyNames).toEqual(["own"]);
  const got = await iam.getRolePolicy({ RoleName, PolicyName: "own" });
  expect(decodeURIComponent(got.PolicyDocument ?? "")).toBe(document);
  expect((await iam.listAttachedRolePolicies({ RoleName })).AttachedPolicies).toEqual([
    { PolicyName: "ReadOnlyAccess", PolicyArn: READ },
  ]);
  await expect(iam.deleteRole({ RoleName })).rejects.toMatchObject({
    name: "DeleteConflictException",
    message: "Cannot delete entity, must detach all policies first.",
  });
  await iam.detachRolePolicy({ RoleName, PolicyArn: READ });
  await expect(iam.deleteRole({ RoleName })).rejects.toMatchObject({
    message: "Cannot delete entity, must delete policies first.",
  });
  await iam.deleteRolePolicy({ RoleName, PolicyName: "own" });
  await expect(iam.getRolePolicy({ RoleName, PolicyName: "own" })).rejects.toMatchObject({
    name: "NoSuchEntityException",
    message: "The role policy with name own cannot be found.",
  });
  await iam.deleteRole({ RoleName });
});

test("a boundary and tags are put and taken off", async () => {
  const RoleName = "bounded";
  await iam.createRole({ RoleName, AssumeRolePolicyDocument: lambda });
  await iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: READ });
  expect((await iam.getRole({ RoleName })).Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(READ);
  await iam.deleteRolePermissionsBoundary({ RoleName });
  expect((await iam.getRole({ RoleName })).Role?.PermissionsBoundary).toBeUndefined();
  await iam.tagRole({ RoleName, Tags: [{ Key: "k", Value: "v" }] });
  expect((await iam.listRoleTags({ RoleName })).Tags).toEqual([{ Key: "k", Value: "v" }]);
  await iam.untagRole({ RoleName, TagKeys: ["k"] });
  expect((await iam.listRoleTags({ RoleName })).Tags).toEqual([]);
});

test("an assumed role may do what its policies allow", async () => {
  const AssumeRolePolicyDocument = trust({ AWS: "arn:aws:iam::000000000000:root" });
  const { Role } = await iam.createRole({ RoleName: "reader", AssumeRolePolicyDocument });
  const sts = new STS({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { Credentials } = await sts.assumeRole({ RoleArn: Role?.Arn, RoleSessionName: "me" });
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
  const asReader = new IAM({ ...cloud.clientConfig(), credentials, maxAttempts: 1 });
  await expect(asReader.listUsers({})).rejects.toMatchObject({
    name: "AccessDenied",
    message:
      "User: arn:aws:sts::000000000000:assumed-role/reader/me is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::000000000000:user/ because no identity-based policy allows the iam:ListUsers action",
  });
  await iam.attachRolePolicy({ RoleName: "reader", PolicyArn: READ });
  expect((await asReader.listUsers({})).Users).toEqual([]);
  await expect(asReader.createUser({ UserName: "x" })).rejects.toMatchObject({ name: "AccessDenied" });
});

test("an instance profile holds one role", async () => {
  const InstanceProfileName = "profile";
  await iam.createRole({ RoleName: "instance", AssumeRolePolicyDocument: trust({ Service: "ec2.amazonaws.com" }) });
  await iam.createRole({ RoleName: "second", AssumeRolePolicyDocument: trust({ Service: "ec2.amazonaws.com" }) });
  const { InstanceProfile } = await iam.createInstanceProfile({ InstanceProfileName });
  expect(InstanceProfile?.Arn).toBe("arn:aws:iam::000000000000:instance-profile/profile");
  await iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: "instance" });
  await expect(iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: "second" })).rejects.toMatchObject({
    name: "LimitExceededException",
    message: "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
  });
  await expect(iam.deleteRole({ RoleName: "instance" })).rejects.toMatchObject({
    message: "Cannot delete entity, must remove roles from instance profile first.",
  });
  const listed = await iam.listInstanceProfilesForRole({ RoleName: "instance" });
  expect(listed.InstanceProfiles?.map((profile) => profile.InstanceProfileName)).toEqual([InstanceProfileName]);
  await iam.tagInstanceProfile({ InstanceProfileName, Tags: [{ Key: "k", Value: "v" }] });
  expect((await iam.listInstanceProfileTags({ InstanceProfileName })).Tags).toEqual([{ Key: "k", Value: "v" }]);
  await iam.untagInstanceProfile({ InstanceProfileName, TagKeys: ["k"] });
  await expect(iam.deleteInstanceProfile({ InstanceProfileName })).rejects.toMatchObject({
    name: "DeleteConflictException",
  });
  await iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: "instance" });
  expect((await iam.getInstanceProfile({ InstanceProfileName })).InstanceProfile?.Roles).toEqual([]);
  await iam.deleteInstanceProfile({ InstanceProfileName });
  expect((await iam.listInstanceProfiles({})).InstanceProfiles).toEqual([]);
});

test("a service-linked role belongs to its service", async () => {
  const { Role } = await iam.createServiceLinkedRole({ AWSServiceName: "batch.amazonaws.com" });
  expect(Role?.Arn).toBe("arn:aws:iam::000000000000:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch");
  await expect(iam.createServiceLinkedRole({ AWSServiceName: "batch.amazonaws.com" })).rejects.toMatchObject({
    name: "InvalidInputException",
    message: "Service role name AWSServiceRoleForBatch has been taken in this account, please try a different suffix.",
  });
  await expect(
    iam.createServiceLinkedRole({ AWSServiceName: "ecs.amazonaws.com", CustomSuffix: "mine" }),
  ).rejects.toMatchObject({ message: "Custom suffix is not allowed for ecs.amazonaws.com" });
  await expect(iam.deleteRole({ RoleName: "AWSServiceRoleForBatch" })).rejects.toMatchObject({
    name: "UnmodifiableEntityException",
  });
  const { DeletionTaskId } = await iam.deleteServiceLinkedRole({ RoleName: "AWSServiceRoleForBatch" });
  expect(await iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId })).toMatchObject({ Status: "SUCCEEDED" });
});
