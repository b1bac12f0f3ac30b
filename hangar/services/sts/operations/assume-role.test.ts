// Temporary credentials through the SDK client: who they stand for, what they may do, and when they end.

import { IAM } from "@aws-sdk/client-iam";
import { S3 } from "@aws-sdk/client-s3";
import { STS, type AssumeRoleCommandInput, type Credentials } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let iam: IAM;
let sts: STS;
let made = 0;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "sts" });
  cloud.clock.hold();
  iam = new IAM(cloud.clientConfig());
  sts = new STS({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

type Key = { readonly AccessKeyId?: string | undefined; readonly SecretAccessKey?: string | undefined };

const withKey = ({ AccessKeyId = "", SecretAccessKey = "", ...rest }: Key | Credentials = {}) => ({
  ...cloud.clientConfig(),
  maxAttempts: 1,
  credentials: {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...("SessionToken" in rest && rest.SessionToken !== undefined ? { sessionToken: rest.SessionToken } : {}),
  },
});
const policy = (...statements: object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements.map((each) => ({ Effect: "Allow", ...each })) });

const TRUST = { Action: ["sts:AssumeRole", "sts:TagSession"], Principal: { AWS: "000000000000" } };

async function role(trust: object = TRUST, allowed?: object, more: object = {}) {
  made += 1;
  const RoleName = `role-${made}`;
  const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument: policy(trust), ...more });
  if (allowed !== undefined) await iam.putRolePolicy({ RoleName, PolicyName: "p", PolicyDocument: policy(allowed) });
  return { RoleName, RoleArn: Role?.Arn ?? "", RoleId: Role?.RoleId ?? "" };
}

async function user(...statements: object[]): Promise<Key> {
  made += 1;
  const UserName = `user-${made}`;
  await iam.createUser({ UserName });
  if (statements.length > 0)
    await iam.putUserPolicy({ UserName, PolicyName: "p", PolicyDocument: policy(...statements) });
  return (await iam.createAccessKey({ UserName })).AccessKey ?? {};
}

const assume = (RoleArn: string, more: Partial<AssumeRoleCommandInput> = {}, client: STS = sts) =>
  client.assumeRole({ RoleArn, RoleSessionName: "session", ...more });

test("a session stands for its role, until it ends", async () => {
  const { RoleName, RoleArn, RoleId } = await role();
  const { AssumedRoleUser, Credentials, PackedPolicySize } = await assume(RoleArn);
  expect([AssumedRoleUser, PackedPolicySize]).toEqual([
    { AssumedRoleId: `${RoleId}:session`, Arn: `arn:aws:sts::000000000000:assumed-role/${RoleName}/session` },
    undefined,
  ]);
  expect(Credentials?.AccessKeyId).toMatch(/^ASIA/);
  const left = (Credentials?.Expiration?.getTime() ?? 0) - cloud.clock.now();
  expect(Math.ceil(left / 1000)).toBe(3600);
  const session = new STS(withKey(Credentials));
  const { Arn, UserId, Account } = await session.getCallerIdentity({});
  expect([Arn, UserId, Account]).toEqual([AssumedRoleUser?.Arn, AssumedRoleUser?.AssumedRoleId, "000000000000"]);
  await cloud.clock.advance("61 minutes");
  const late = new STS(withKey(Credentials));
  await expect(late.getCallerIdentity({})).rejects.toMatchObject({ name: "ExpiredToken" });
});

test.each([
  ["nothing-valid-in-here"],
  ["arn::b:::something/test-role"],
  ["arn:a::::something/test-role"],
  ["arn:a:::something/test-role"],
  ["arn:a:a::aaaaaaaaaa:"],
])("%s is no role's ARN", async (arn) => {
  await expect(assume(arn)).rejects.toMatchObject({
    name: "ValidationError",
    message: `${arn} is invalid`,
  });
});

test("a session's name has no colon", async () => {
  await expect(assume("arn:aws:iam::000000000000:role/x", { RoleSessionName: "Session1:2" })).rejects.toMatchObject({
    name: "ValidationError",
    message:
      "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
  });
});

test("a role that is not there, or does not trust the caller, is denied in the same words", async () => {
  const key = await user({ Action: "sts:AssumeRole", Resource: "*" });
  const client = new STS(withKey(key));
  const name = `User: arn:aws:iam::000000000000:user/user-${made}`;
  const denied = (RoleArn: string) => ({
    name: "AccessDenied",
    message: `${name} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn} because no role trust policy allows the sts:AssumeRole action`,
  });
  const nowhere = "arn:aws:iam::000000000000:role/nowhere";
  await expect(assume(nowhere, {}, client)).rejects.toMatchObject(denied(nowhere));
  const { RoleArn } = await role({ Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } });
  await expect(assume(RoleArn, {}, client)).rejects.toMatchObject(denied(RoleArn));
});

test("a trust policy may ask for an external id", async () => {
  const Condition = { StringEquals: { "sts:ExternalId": "secret" } };
  const { RoleArn } = await role({ ...TRUST, Condition });
  const client = new STS(withKey(await user({ Action: "sts:AssumeRole", Resource: RoleArn })));
  await expect(assume(RoleArn, {}, client)).rejects.toMatchObject({ name: "AccessDenied" });
  const { AssumedRoleUser } = await assume(RoleArn, { ExternalId: "secret" }, client);
  expect(AssumedRoleUser?.Arn).toContain("assumed-role");
});

test("a session policy narrows what the role may do", async () => {
  const { RoleArn } = await role(TRUST, { Action: "s3:*", Resource: "*" });
  const Bucket = "narrowed";
  await new S3(cloud.clientConfig()).createBucket({ Bucket });
  const narrowed = await assume(RoleArn, {
    Policy: policy({ Action: "s3:ListBucket", Resource: `arn:aws:s3:::${Bucket}` }),
  });
  expect(narrowed.PackedPolicySize).toBeGreaterThan(0);
  const s3 = new S3(withKey(narrowed.Credentials));
  expect((await s3.listObjectsV2({ Bucket })).KeyCount).toBe(0);
  await expect(s3.putObject({ Bucket, Key: "a", Body: "x" })).rejects.toMatchObject({ name: "AccessDenied" });
  const named = await assume(RoleArn, { PolicyArns: [{ arn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" }] });
  const reader = new S3(withKey(named.Credentials));
  await expect(reader.putObject({ Bucket, Key: "a", Body: "x" })).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(assume(RoleArn, { Policy: "{}" })).rejects.toMatchObject({ name: "MalformedPolicyDocumentException" });
  await expect(
    assume(RoleArn, { PolicyArns: [{ arn: "arn:aws:iam::000000000000:policy/none" }] }),
  ).rejects.toMatchObject({ name: "ValidationError" });
});

test("session tags are named once, and transitive ones are among them", async () => {
  const { RoleArn } = await role();
  await expect(assume(RoleArn, { TransitiveTagKeys: ["a"] })).rejects.toMatchObject({
    name: "InvalidParameterValue",
    message: "The specified transitive tag key must be included in the requested tags.",
  });
  const Tags = [
    { Key: "a", Value: "1" },
    { Key: "A", Value: "2" },
  ];
  await expect(assume(RoleArn, { Tags })).rejects.toMatchObject({
    name: "InvalidParameterValue",
    message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  });
});

test("a transitive tag follows into the next role and cannot be changed there", async () => {
  const first = await role(TRUST, { Action: ["sts:AssumeRole", "sts:TagSession"], Resource: "*" });
  const Condition = { StringEquals: { "aws:PrincipalTag/team": "blue" } };
  const second = await role(TRUST, { Action: "iam:GetRole", Resource: "*", Condition }, { MaxSessionDuration: 7200 });
  const session = async (more: Partial<AssumeRoleCommandInput>) => {
    const { Credentials } = await assume(first.RoleArn, more);
    return new STS(withKey(Credentials));
  };
  const Tags = [{ Key: "team", Value: "blue" }];
  const tagged = await session({ Tags, TransitiveTagKeys: ["team"] });
  for (const Key of ["team", "TEAM"])
    await expect(assume(second.RoleArn, { Tags: [{ Key, Value: "red" }] }, tagged)).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message:
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    });
  const read = async (client: STS) => {
    const { Credentials } = await assume(second.RoleArn, {}, client);
    return new IAM(withKey(Credentials)).getRole({ RoleName: second.RoleName });
  };
  expect((await read(tagged)).Role?.RoleName).toBe(second.RoleName);
  await expect(read(await session({ Tags }))).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(assume(second.RoleArn, { DurationSeconds: 7200 }, tagged)).rejects.toMatchObject({
    name: "ValidationError",
    message: "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
  });
});

test("a role's sessions last as long as it says at most", async () => {
  const { RoleArn } = await role(TRUST, undefined, { MaxSessionDuration: 7200 });
  const { Credentials } = await assume(RoleArn, { DurationSeconds: 7200 });
  expect(Math.ceil(((Credentials?.Expiration?.getTime() ?? 0) - cloud.clock.now()) / 1000)).toBe(7200);
  await expect(assume(RoleArn, { DurationSeconds: 7201 })).rejects.toMatchObject({
    name: "ValidationError",
    message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
  });
  await expect(assume(RoleArn, { DurationSeconds: 60 })).rejects.toMatchObject({ name: "ValidationError" });
});

test("what is not emulated is refused, not ignored", async () => {
  const { RoleArn } = await role();
  await expect(assume(RoleArn, { SerialNumber: "arn:aws:iam::000000000000:mfa/x" })).rejects.toMatchObject({
    name: "NotEmulated",
  });
  await expect(
    assume(RoleArn, {
      ProvidedContexts: [{ ProviderArn: "arn:aws:iam::aws:contextProvider/x", ContextAssertion: "abcd" }],
    }),
  ).rejects.toMatchObject({ name: "NotEmulated" });
  await expect(sts.getSessionToken({ TokenCode: "123456" })).rejects.toMatchObject({ name: "NotEmulated" });
  await expect(sts.decodeAuthorizationMessage({ EncodedMessage: "x" })).rejects.toMatchObject({ name: "NotEmulated" });
});

test("a user's session token stands for the user, and makes no further ones", async () => {
  const key = await user({ Action: "sts:*", Resource: "*" });
  const { Credentials } = await new STS(withKey(key)).getSessionToken({ DurationSeconds: 900 });
  const session = new STS(withKey(Credentials));
  expect((await session.getCallerIdentity({})).Arn).toBe(`arn:aws:iam::000000000000:user/user-${made}`);
  await expect(session.getSessionToken({})).rejects.toMatchObject({
    name: "AccessDenied",
    message: "Cannot call GetSessionToken with session credentials",
  });
});

test("a federated user may do what both the caller and the policy allow", async () => {
  const key = await user({ Action: ["sts:GetFederationToken", "iam:List*"], Resource: "*" });
  const client = new STS(withKey(key));
  const bare = await client.getFederationToken({ Name: "bob" });
  expect([bare.FederatedUser, bare.PackedPolicySize]).toEqual([
    { Arn: "arn:aws:sts::000000000000:federated-user/bob", FederatedUserId: "000000000000:bob" },
    0,
  ]);
  const federated = new STS(withKey(bare.Credentials));
  expect((await federated.getCallerIdentity({})).UserId).toBe("000000000000:bob");
  const list = ({ Credentials }: { Credentials?: Credentials | undefined }) =>
    new IAM(withKey(Credentials)).listUsers({});
  await expect(list(bare)).rejects.toMatchObject({ name: "AccessDenied" });
  const allowed = await client.getFederationToken({ Name: "bob", Policy: policy({ Action: "iam:*", Resource: "*" }) });
  expect((await list(allowed)).Users?.length).toBeGreaterThan(0);
});

test("a key's account is in its id", async () => {
  const { AccessKeyId = "" } = await user();
  expect((await sts.getAccessKeyInfo({ AccessKeyId })).Account).toBe("000000000000");
  await expect(sts.getAccessKeyInfo({ AccessKeyId: "not-a-valid-key-id" })).rejects.toMatchObject({
    name: "ValidationError",
  });
  expect((await sts.getCallerIdentity({})).Arn).toBe("arn:aws:iam::000000000000:root");
});
