// Groups, who is in them and what they allow, through the SDK.

import { IAM } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let iam: IAM;
const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }],
});

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "iam-groups" });
  iam = new IAM({ ...cloud.clientConfig(), maxAttempts: 1 });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a group is created, listed, renamed and deleted", async () => {
  const { Group } = await iam.createGroup({ GroupName: "admins", Path: "/ops/" });
  expect(Group).toMatchObject({ GroupName: "admins", Arn: "arn:aws:iam::000000000000:group/ops/admins" });
  await expect(iam.createGroup({ GroupName: "admins" })).rejects.toMatchObject({
    name: "EntityAlreadyExistsException",
    message: "Group with name admins already exists.",
  });
  await iam.updateGroup({ GroupName: "admins", NewGroupName: "operators" });
  expect((await iam.listGroups({ PathPrefix: "/ops/" })).Groups?.map((group) => group.GroupName)).toEqual([
    "operators",
  ]);
  await iam.deleteGroup({ GroupName: "operators" });
  await expect(iam.getGroup({ GroupName: "operators" })).rejects.toMatchObject({
    name: "NoSuchEntityException",
    message: "The group with name operators cannot be found.",
  });
});

test("a group with members or policies stays", async () => {
  const GroupName = "team";
  await iam.createGroup({ GroupName });
  await iam.createUser({ UserName: "eve" });
  await iam.addUserToGroup({ GroupName, UserName: "eve" });
  expect((await iam.getGroup({ GroupName })).Users?.map((user) => user.UserName)).toEqual(["eve"]);
  expect((await iam.listGroupsForUser({ UserName: "eve" })).Groups?.map((group) => group.GroupName)).toEqual([
    GroupName,
  ]);
  await expect(iam.deleteGroup({ GroupName })).rejects.toMatchObject({ name: "DeleteConflictException" });
  await iam.removeUserFromGroup({ GroupName, UserName: "eve" });
  await iam.putGroupPolicy({ GroupName, PolicyName: "own", PolicyDocument: document });
  await iam.attachGroupPolicy({ GroupName, PolicyArn: READ });
  expect((await iam.listGroupPolicies({ GroupName })).PolicyNames).toEqual(["own"]);
  expect((await iam.getGroupPolicy({ GroupName, PolicyName: "own" })).PolicyDocument).toBe(
    encodeURIComponent(document).replaceAll("*", "%2A"),
  );
  expect((await iam.listAttachedGroupPolicies({ GroupName })).AttachedPolicies).toEqual([
    { PolicyName: "ReadOnlyAccess", PolicyArn: READ },
  ]);
  await expect(iam.deleteGroup({ GroupName })).rejects.toMatchObject({ name: "DeleteConflictException" });
  await iam.deleteGroupPolicy({ GroupName, PolicyName: "own" });
  await iam.detachGroupPolicy({ GroupName, PolicyArn: READ });
  await iam.deleteGroup({ GroupName });
});

test("members may do what their group may, until they leave", async () => {
  const { S3 } = await import("@aws-sdk/client-s3");
  await iam.createGroup({ GroupName: "listers" });
  await iam.putGroupPolicy({ GroupName: "listers", PolicyName: "list", PolicyDocument: document });
  await iam.createUser({ UserName: "lister" });
  const { AccessKey } = await iam.createAccessKey({ UserName: "lister" });
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
  const s3 = new S3({ ...cloud.clientConfig(), credentials, maxAttempts: 1 });
  await expect(s3.listBuckets({})).rejects.toMatchObject({
    name: "AccessDenied",
    message:
      "User: arn:aws:iam::000000000000:user/lister is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action",
  });
  await iam.addUserToGroup({ GroupName: "listers", UserName: "lister" });
  expect((await s3.listBuckets({})).Buckets).toBeDefined();
  await iam.removeUserFromGroup({ GroupName: "listers", UserName: "lister" });
  await expect(s3.listBuckets({})).rejects.toMatchObject({ name: "AccessDenied" });
});
