// Users, their groups, policies, passwords and access keys, through the SDK.

import { IAM } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let iam: IAM;
const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
});

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "iam-users" });
  iam = new IAM({ ...cloud.clientConfig(), maxAttempts: 1 });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const failure = (name: string, message: string): object => expect.objectContaining({ name, message });

test("a user is created, read, listed by path, renamed and deleted", async () => {
  const { User } = await iam.createUser({ UserName: "ada", Path: "/eng/", Tags: [{ Key: "team", Value: "core" }] });
  expect(User).toMatchObject({ Path: "/eng/", UserName: "ada", Arn: "arn:aws:iam::000000000000:user/eng/ada" });
  expect(User?.UserId).toMatch(/^AIDA[A-Z0-9]{17}$/);
  await expect(iam.createUser({ UserName: "ADA" })).rejects.toEqual(
    failure("EntityAlreadyExistsException", "User with name ADA already exists."),
  );
  await iam.createUser({ UserName: "bob" });
  expect((await iam.listUsers({ PathPrefix: "/eng/" })).Users?.map((user) => user.UserName)).toEqual(["ada"]);
  await iam.updateUser({ UserName: "ada", NewUserName: "lovelace", NewPath: "/math/" });
  expect((await iam.getUser({ UserName: "lovelace" })).User).toMatchObject({
    Path: "/math/",
    UserId: User?.UserId,
    Tags: [{ Key: "team", Value: "core" }],
  });
  await expect(iam.getUser({ UserName: "ada" })).rejects.toEqual(
    failure("NoSuchEntityException", "The user with name ada cannot be found."),
  );
  await iam.deleteUser({ UserName: "lovelace" });
  await iam.deleteUser({ UserName: "bob" });
  expect((await iam.listUsers({})).Users).toEqual([]);
});

test("users come in pages", async () => {
  for (const UserName of ["p1", "p2", "p3"]) await iam.createUser({ UserName });
  const first = await iam.listUsers({ MaxItems: 2 });
  expect([first.Users?.length, first.IsTruncated]).toEqual([2, true]);
  const second = await iam.listUsers({ MaxItems: 2, Marker: first.Marker });
  expect([second.Users?.map((user) => user.UserName), second.IsTruncated]).toEqual([["p3"], false]);
  for (const UserName of ["p1", "p2", "p3"]) await iam.deleteUser({ UserName });
});

test("a user's tags are set and unset", async () => {
  await iam.createUser({ UserName: "tagged" });
  await iam.tagUser({
    UserName: "tagged",
    Tags: [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ],
  });
  await iam.untagUser({ UserName: "tagged", TagKeys: ["a"] });
  expect((await iam.listUserTags({ UserName: "tagged" })).Tags).toEqual([{ Key: "b", Value: "2" }]);
});

test("a user is deleted only when nothing hangs on it", async () => {
  const UserName = "busy";
  await iam.createUser({ UserName });
  await iam.putUserPolicy({ UserName, PolicyName: "own", PolicyDocument: document });
  await iam.attachUserPolicy({ UserName, PolicyArn: READ });
  expect((await iam.listUserPolicies({ UserName })).PolicyNames).toEqual(["own"]);
  const got = await iam.getUserPolicy({ UserName, PolicyName: "own" });
  expect(decodeURIComponent(got.PolicyDocument ?? "")).toBe(document);
  expect((await iam.listAttachedUserPolicies({ UserName })).AttachedPolicies).toEqual([
    { PolicyName: "ReadOnlyAccess", PolicyArn: READ },
  ]);
  await expect(iam.deleteUser({ UserName })).rejects.toEqual(
    failure("DeleteConflictException", "Cannot delete entity, must detach all policies first."),
  );
  await iam.detachUserPolicy({ UserName, PolicyArn: READ });
  await expect(iam.deleteUser({ UserName })).rejects.toEqual(
    failure("DeleteConflictException", "Cannot delete entity, must delete policies first."),
  );
  await iam.deleteUserPolicy({ UserName, PolicyName: "own" });
  await iam.deleteUser({ UserName });
});

test("a policy that is not there cannot be attached", async () => {
  await iam.createUser({ UserName: "attach" });
  await expect(iam.attachUserPolicy({ UserName: "attach", PolicyArn: "longpolicynamebutnoarn" })).rejects.toEqual(
    failure("ValidationError", "Invalid ARN:  Could not be parsed!"),
  );
  const PolicyArn = "arn:aws:iam::000000000000:policy/none";
  await expect(iam.attachUserPolicy({ UserName: "attach", PolicyArn })).rejects.toEqual(
    failure("NoSuchEntityException", `Policy ${PolicyArn} does not exist or is not attachable.`),
  );
});

test("a permissions boundary is put and taken off", async () => {
  const UserName = "bounded";
  await iam.createUser({ UserName, PermissionsBoundary: READ });
  expect((await iam.getUser({ UserName })).User?.PermissionsBoundary).toEqual({
    PermissionsBoundaryType: "Policy",
    PermissionsBoundaryArn: READ,
  });
  await iam.deleteUserPermissionsBoundary({ UserName });
  expect((await iam.getUser({ UserName })).User?.PermissionsBoundary).toBeUndefined();
  await iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: READ });
  expect((await iam.getUser({ UserName })).User?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(READ);
});

test("a login profile is made, changed and removed", async () => {
  const UserName = "login";
  await iam.createUser({ UserName });
  await iam.createLoginProfile({ UserName, Password: "Correct-Horse-9" });
  await expect(iam.createLoginProfile({ UserName, Password: "Correct-Horse-9" })).rejects.toMatchObject({
    name: "EntityAlreadyExistsException",
  });
  await iam.updateLoginProfile({ UserName, PasswordResetRequired: true });
  expect((await iam.getLoginProfile({ UserName })).LoginProfile?.PasswordResetRequired).toBe(true);
  await expect(iam.deleteUser({ UserName })).rejects.toMatchObject({ name: "DeleteConflictException" });
  await iam.deleteLoginProfile({ UserName });
  await expect(iam.getLoginProfile({ UserName })).rejects.toMatchObject({ name: "NoSuchEntityException" });
});

test("access keys: two a user, shown once, switched off, used", async () => {
  const UserName = "keys";
  await iam.createUser({ UserName });
  const { AccessKey } = await iam.createAccessKey({ UserName });
  expect(AccessKey?.AccessKeyId).toMatch(/^AKIA[A-Z0-9]{16}$/);
  expect(AccessKey?.SecretAccessKey).toHaveLength(40);
  await iam.createAccessKey({ UserName });
  await expect(iam.createAccessKey({ UserName })).rejects.toEqual(
    failure("LimitExceededException", "Cannot exceed quota for AccessKeysPerUser: 2"),
  );
  const AccessKeyId = AccessKey?.AccessKeyId ?? "";
  await iam.updateAccessKey({ UserName, AccessKeyId, Status: "Inactive" });
  const listed = (await iam.listAccessKeys({ UserName })).AccessKeyMetadata;
  expect(listed?.find((key) => key.AccessKeyId === AccessKeyId)?.Status).toBe("Inactive");
  expect(await iam.getAccessKeyLastUsed({ AccessKeyId })).toMatchObject({ UserName });
  await iam.deleteAccessKey({ UserName, AccessKeyId });
  expect((await iam.listAccessKeys({ UserName })).AccessKeyMetadata).toHaveLength(1);
});
