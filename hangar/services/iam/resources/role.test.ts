// IAM's CloudFormation types: deployed, changed in place, deleted, and seen through IAM's own client.

import { IAM } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let iam: IAM;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "iam-stack" });
  at = stacksOf(cloud, { team: "a" });
  iam = new IAM({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const document = (Action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "*" }],
});
const trust = (Service: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } }],
});
const gone = { name: expect.stringMatching(/^NoSuchEntity/) };
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

test("a role has all that its template says, and what the next one says", async () => {
  const parts = (Properties: object, action: string): Resources => ({
    Role: {
      Type: "AWS::IAM::Role",
      Properties: { AssumeRolePolicyDocument: trust("lambda.amazonaws.com"), ...Properties },
    },
    Policy: {
      Type: "AWS::IAM::Policy",
      Properties: { PolicyName: "default", PolicyDocument: document(action), Roles: [ref("Role")] },
    },
    RolePolicy: {
      Type: "AWS::IAM::RolePolicy",
      Properties: { PolicyName: "single", PolicyDocument: document(action), RoleName: ref("Role") },
    },
    Profile: { Type: "AWS::IAM::InstanceProfile", Properties: { Roles: [ref("Role")] } },
  });
  const outputs = {
    Role: ref("Role"),
    Arn: attribute("Role", "Arn"),
    RoleId: attribute("Role", "RoleId"),
    Profile: ref("Profile"),
    ProfileArn: attribute("Profile", "Arn"),
  };
  const made = await at.deploy(
    "role",
    parts(
      {
        Path: "/app/",
        Description: "first",
        MaxSessionDuration: 7200,
        ManagedPolicyArns: [READ_ONLY],
        PermissionsBoundary: READ_ONLY,
        Policies: [{ PolicyName: "inline", PolicyDocument: document("s3:*") }],
        Tags: [{ Key: "own", Value: "1" }],
      },
      "sqs:*",
    ),
    outputs,
  );
  const RoleName = made["Role"] ?? "";
  expect(RoleName).toMatch(/^role-Role-\w+$/);
  const { Role } = await iam.getRole({ RoleName });
  expect([made["Arn"], made["RoleId"]]).toEqual([Role?.Arn, Role?.RoleId]);
  expect(Role).toMatchObject({
    Arn: `arn:aws:iam::000000000000:role/app/${RoleName}`,
    Description: "first",
    MaxSessionDuration: 7200,
    PermissionsBoundary: { PermissionsBoundaryArn: READ_ONLY },
  });
  expect(Role?.Tags).toEqual(
    expect.arrayContaining([
      { Key: "team", Value: "a" },
      { Key: "own", Value: "1" },
    ]),
  );
  const policies = async () => {
    const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
    const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({ RoleName });
    return [PolicyNames, AttachedPolicies.map((each) => each.PolicyArn)];
  };
  expect(await policies()).toEqual([["default", "inline", "single"], [READ_ONLY]]);
  const { InstanceProfile } = await iam.getInstanceProfile({ InstanceProfileName: made["Profile"] ?? "" });
  expect([InstanceProfile?.Arn, InstanceProfile?.Roles?.map((each) => each.RoleName)]).toEqual([
    made["ProfileArn"],
    [RoleName],
  ]);

  const changed = await at.deploy(
    "role",
    parts({ Path: "/app/", AssumeRolePolicyDocument: trust("ecs-tasks.amazonaws.com") }, "sns:*"),
    outputs,
  );
  expect(changed).toEqual(made);
  const after = (await iam.getRole({ RoleName })).Role;
  expect([after?.MaxSessionDuration, after?.PermissionsBoundary, after?.Description ?? ""]).toEqual([
    3600,
    undefined,
    "",
  ]);
  expect(decodeURIComponent(after?.AssumeRolePolicyDocument ?? "")).toContain("ecs-tasks");
  expect(after?.Tags).toEqual([{ Key: "team", Value: "a" }]);
  expect(await policies()).toEqual([["default", "single"], []]);
  for (const PolicyName of ["default", "single"]) {
    const { PolicyDocument = "" } = await iam.getRolePolicy({ RoleName, PolicyName });
    expect(decodeURIComponent(PolicyDocument)).toContain("sns:*");
  }
  await at.destroy("role");
  await expect(iam.getRole({ RoleName })).rejects.toMatchObject(gone);
});

test("users, groups, keys and managed policies are made, changed and deleted", async () => {
  const parts = (settings: { user: object; group: object; policy: object; status: string; users: object[] }) =>
    ({
      Group: { Type: "AWS::IAM::Group", Properties: { GroupName: "staff", ...settings.group } },
      User: { Type: "AWS::IAM::User", Properties: { UserName: "ann", ...settings.user } },
      Second: { Type: "AWS::IAM::User", Properties: {} },
      Managed: { Type: "AWS::IAM::ManagedPolicy", Properties: { ManagedPolicyName: "shared", ...settings.policy } },
      Key: { Type: "AWS::IAM::AccessKey", Properties: { UserName: ref("User"), Status: settings.status } },
      Addition: {
        Type: "AWS::IAM::UserToGroupAddition",
        Properties: { GroupName: ref("Group"), Users: settings.users },
      },
      UserPolicy: {
        Type: "AWS::IAM::UserPolicy",
        Properties: { UserName: ref("User"), PolicyName: "u", PolicyDocument: document("s3:*") },
      },
      GroupPolicy: {
        Type: "AWS::IAM::GroupPolicy",
        Properties: { GroupName: ref("Group"), PolicyName: "g", PolicyDocument: document("s3:*") },
      },
    }) satisfies Resources;
  const outputs = {
    User: attribute("User", "Arn"),
    Group: attribute("Group", "Arn"),
    Managed: ref("Managed"),
    Key: ref("Key"),
    Secret: attribute("Key", "SecretAccessKey"),
    Second: ref("Second"),
  };
  const made = await at.deploy(
    "people",
    parts({
      user: {
        Path: "/old/",
        Groups: [ref("Group")],
        LoginProfile: { Password: "Secret-123!", PasswordResetRequired: true },
        ManagedPolicyArns: [READ_ONLY],
        Tags: [{ Key: "own", Value: "1" }],
      },
      group: { ManagedPolicyArns: [READ_ONLY] },
      policy: { Path: "/p/", Description: "shared", PolicyDocument: document("s3:*"), Groups: [ref("Group")] },
      status: "Active",
      users: [ref("Second")],
    }),
    outputs,
  );
  const { Key: AccessKeyId = "", Managed: PolicyArn = "", Second = "" } = made;
  expect(made).toMatchObject({
    User: "arn:aws:iam::000000000000:user/old/ann",
    Group: "arn:aws:iam::000000000000:group/staff",
    Managed: "arn:aws:iam::000000000000:policy/p/shared",
    Secret: expect.stringMatching(/^.{40}$/),
  });
  const members = async () => (await iam.getGroup({ GroupName: "staff" })).Users?.map((each) => each.UserName);
  const attached = async () =>
    (await iam.listAttachedGroupPolicies({ GroupName: "staff" })).AttachedPolicies?.map((each) => each.PolicyArn);
  expect(new Set(await members())).toEqual(new Set(["ann", Second]));
  expect(new Set(await attached())).toEqual(new Set([READ_ONLY, PolicyArn]));
  const profile = async () => (await iam.getLoginProfile({ UserName: "ann" })).LoginProfile?.PasswordResetRequired;
  expect(await profile()).toBe(true);
  expect((await iam.listUserPolicies({ UserName: "ann" })).PolicyNames).toEqual(["u"]);
  expect((await iam.listGroupPolicies({ GroupName: "staff" })).PolicyNames).toEqual(["g"]);

  const next = {
    user: { Path: "/new/", LoginProfile: { Password: "Secret-123!" } },
    group: {},
    policy: { Path: "/p/", Description: "shared", PolicyDocument: document("sqs:*"), Users: [ref("User")] },
    status: "Inactive",
    users: [],
  };
  const changed = await at.deploy("people", parts(next), outputs);
  expect(changed).toEqual({ ...made, User: "arn:aws:iam::000000000000:user/new/ann" });
  expect([await members(), await attached(), await profile()]).toEqual([[], [], false]);
  const { AccessKeyMetadata = [] } = await iam.listAccessKeys({ UserName: "ann" });
  expect(AccessKeyMetadata).toMatchObject([{ AccessKeyId, Status: "Inactive" }]);
  const { Policy } = await iam.getPolicy({ PolicyArn });
  expect([Policy?.DefaultVersionId, Policy?.AttachmentCount]).toEqual(["v2", 1]);
  for (let index = 0; index < 5; index += 1)
    await at.deploy(
      "people",
      parts({ ...next, policy: { ...next.policy, PolicyDocument: document(`s3:Get${index}`) } }),
    );
  expect((await iam.listPolicyVersions({ PolicyArn })).Versions).toHaveLength(5);
  await at.deploy("people", parts({ ...next, user: { Path: "/new/" } }));
  await expect(profile()).rejects.toMatchObject(gone);
  await at.destroy("people");
  await expect(iam.getUser({ UserName: "ann" })).rejects.toMatchObject(gone);
  await expect(iam.getGroup({ GroupName: "staff" })).rejects.toMatchObject(gone);
  await expect(iam.getPolicy({ PolicyArn })).rejects.toMatchObject(gone);
});

test("an identity provider and a service-linked role are made, changed and deleted", async () => {
  const parts = (provider: object, Description: string): Resources => ({
    Provider: {
      Type: "AWS::IAM::OIDCProvider",
      Properties: { Url: "https://token.actions.githubusercontent.com", ...provider },
    },
    Linked: {
      Type: "AWS::IAM::ServiceLinkedRole",
      Properties: { AWSServiceName: "ecs.amazonaws.com", Description },
    },
  });
  const outputs = { Provider: ref("Provider"), Arn: attribute("Provider", "Arn"), Linked: ref("Linked") };
  const made = await at.deploy(
    "provider",
    parts({ ClientIdList: ["a", "b"], ThumbprintList: ["a".repeat(40)], Tags: [{ Key: "own", Value: "1" }] }, "first"),
    outputs,
  );
  const OpenIDConnectProviderArn = made["Provider"] ?? "";
  expect(made).toEqual({
    Provider: "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com",
    Arn: OpenIDConnectProviderArn,
    Linked: "AWSServiceRoleForECS",
  });
  await at.deploy("provider", parts({ ClientIdList: ["b", "c"], ThumbprintList: ["b".repeat(40)] }, "second"), outputs);
  const provider = await iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn });
  expect([new Set(provider.ClientIDList), provider.ThumbprintList, provider.Tags]).toEqual([
    new Set(["b", "c"]),
    ["b".repeat(40)],
    [{ Key: "team", Value: "a" }],
  ]);
  const RoleName = "AWSServiceRoleForECS";
  expect((await iam.getRole({ RoleName })).Role?.Description).toBe("second");
  await at.destroy("provider");
  await expect(iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn })).rejects.toMatchObject(gone);
  await expect(iam.getRole({ RoleName })).rejects.toMatchObject(gone);
});
