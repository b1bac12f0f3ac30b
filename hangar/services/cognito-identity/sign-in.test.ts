// Guests and users of an identity pool: who they are, and what their credentials may do.

import type { CognitoIdentity, CreateIdentityPoolCommandInput, RoleMapping } from "@aws-sdk/client-cognito-identity";
import {
  AdminAddUserToGroupCommand,
  AdminUserGlobalSignOutCommand,
  CreateGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { IAM } from "@aws-sdk/client-iam";
import { S3 } from "@aws-sdk/client-s3";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { claimsOf, failure, poolsOf, type Pools } from "./engine/test-pool.ts";

let cloud: RunningCloud;
let pools: Pools;
let identity: CognitoIdentity;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "cognito.identity" });
  pools = poolsOf(cloud);
  identity = pools.unsigned;
  await new S3(cloud.clientConfig()).createBucket({ Bucket: "things" });
});

beforeEach(() => cloud.clock.hold());

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a guest gets a role's credentials for an hour, narrowed to what guests may do", async () => {
  const { IdentityPoolId, guests } = await pools.make({ AllowUnauthenticatedIdentities: true });
  await pools.allow(guests, ["s3:ListBucket", "ssm:DescribeParameters"]);
  const { IdentityId = "" } = await identity.getId({ IdentityPoolId });
  expect(IdentityId).toMatch(/^us-east-1:[0-9a-f-]{36}$/);
  const { Credentials } = await identity.getCredentialsForIdentity({ IdentityId });
  const left = (Credentials?.Expiration?.getTime() ?? 0) - cloud.clock.now();
  expect(Math.ceil(left / 1000)).toBe(3600);
  const config = pools.signedBy(Credentials);
  expect((await new STS(config).getCallerIdentity({})).Arn).toBe(
    `arn:aws:sts::000000000000:assumed-role/${guests.split("/")[1]}/CognitoIdentityCredentials`,
  );
  await new S3(config).listObjectsV2({ Bucket: "things" });
  await expect(new SSM(config).describeParameters({})).rejects.toThrow(
    "because no session policy allows the ssm:DescribeParameters action",
  );
});

test("guests are for pools that allow them", async () => {
  const { IdentityPoolId } = await pools.make({ AllowUnauthenticatedIdentities: false });
  await expect(identity.getId({ IdentityPoolId })).rejects.toEqual(
    failure("NotAuthorizedException", "Unauthenticated access is not supported for this identity pool."),
  );
  await expect(identity.getId({ IdentityPoolId: "us-east-1:0000" })).rejects.toEqual(
    failure("ResourceNotFoundException", "IdentityPool 'us-east-1:0000' not found."),
  );
});

test("a user has one identity, whose credentials reach what is theirs", async () => {
  const { IdentityPoolId, users, Logins } = await pools.withUsers();
  await new IAM(cloud.clientConfig()).putRolePolicy({
    RoleName: users.split("/")[1],
    PolicyName: "own",
    PolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::things/${cognito-identity.amazonaws.com:sub}/*",
      },
    }),
  });
  const { IdentityId = "" } = await identity.getId({ IdentityPoolId, Logins });
  expect((await identity.getId({ IdentityPoolId, Logins })).IdentityId).toBe(IdentityId);
  await expect(identity.getCredentialsForIdentity({ IdentityId })).rejects.toEqual(
    failure("NotAuthorizedException", `Access to Identity '${IdentityId}' is forbidden.`),
  );
  const { Credentials } = await identity.getCredentialsForIdentity({ IdentityId, Logins });
  const s3 = new S3(pools.signedBy(Credentials));
  await s3.putObject({ Bucket: "things", Key: `${IdentityId}/note`, Body: "mine" });
  await expect(s3.putObject({ Bucket: "things", Key: "another/note", Body: "theirs" })).rejects.toMatchObject({
    name: "AccessDenied",
  });
  expect(await pools.signed.describeIdentity({ IdentityId })).toMatchObject({ Logins: Object.keys(Logins) });
});

test("a guest who signs in keeps the identity", async () => {
  const { IdentityPoolId, Logins } = await pools.withUsers({ AllowUnauthenticatedIdentities: true });
  const { IdentityId = "" } = await identity.getId({ IdentityPoolId });
  await identity.getCredentialsForIdentity({ IdentityId, Logins });
  expect((await identity.getId({ IdentityPoolId, Logins })).IdentityId).toBe(IdentityId);
  const { IdentityId: other = "" } = await identity.getId({ IdentityPoolId });
  await expect(identity.getCredentialsForIdentity({ IdentityId: other, Logins })).rejects.toMatchObject({
    name: "ResourceConflictException",
  });
});

test("logins are judged by the pool's providers", async () => {
  const { IdentityPoolId, Logins, AccessToken } = await pools.withUsers();
  const [provider = ""] = Object.keys(Logins);
  const { [provider]: token = "" } = Logins;
  const refusal = async (logins: Record<string, string>, words: string) =>
    expect(identity.getId({ IdentityPoolId, Logins: logins })).rejects.toEqual(
      failure("NotAuthorizedException", words),
    );
  await refusal({ [provider]: "x" }, "Invalid login token. Not a valid OpenId Connect identity token.");
  await refusal({ [provider]: AccessToken }, "Invalid login token. Missing a required claim: aud");
  await refusal({ [provider]: `${token.slice(0, -8)}AAAAAAAA` }, "Invalid login token. Couldn't verify signed token.");
  await refusal({ "graph.facebook.com": token }, "Token is not from a supported provider of this identity pool.");
  const other = await pools.withUsers();
  await refusal(other.Logins, "Token is not from a supported provider of this identity pool.");
  await cloud.clock.advance("61 minutes");
  await expect(identity.getId({ IdentityPoolId, Logins })).rejects.toThrow(
    /Invalid login token. Token expired: \d+ >= \d+/,
  );
});

test("with ServerSideTokenCheck a user who was signed out gets no credentials", async () => {
  const { IdentityPoolId, Logins, UserPoolId } = await pools.withUsers({}, { ServerSideTokenCheck: true });
  const { IdentityId = "" } = await identity.getId({ IdentityPoolId, Logins });
  await pools.userPools.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: "ann" }));
  await expect(identity.getCredentialsForIdentity({ IdentityId, Logins })).rejects.toMatchObject({
    name: "NotAuthorizedException",
  });
});

test.each<[string, CreateIdentityPoolCommandInput["AllowUnauthenticatedIdentities"], object]>([
  ["another pool", true, { StringEquals: { "cognito-identity.amazonaws.com:aud": "us-east-1:other" } }],
  ["users", true, { "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" } }],
])("a role that trusts %s is not given to guests", async (_whom, AllowUnauthenticatedIdentities, Condition) => {
  const { IdentityPoolId, guests } = await pools.make({ AllowUnauthenticatedIdentities });
  await pools.trust(guests, Condition);
  const { IdentityId = "" } = await identity.getId({ IdentityPoolId });
  await expect(identity.getCredentialsForIdentity({ IdentityId })).rejects.toEqual(
    failure(
      "InvalidIdentityPoolConfigurationException",
      "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
    ),
  );
});

async function roleOf(mapping: (roles: readonly string[]) => RoleMapping, CustomRoleArn?: string): Promise<string> {
  const made = await pools.withUsers({}, {}, async ({ UserPoolId }) => {
    const group = { UserPoolId, GroupName: "admins", RoleArn: await pools.role("admins") };
    await pools.userPools.send(new CreateGroupCommand(group));
    await pools.userPools.send(new AdminAddUserToGroupCommand({ ...group, Username: "ann" }));
  });
  const { IdentityPoolId, Logins, ClientId, users, guests } = made;
  await pools.signed.setIdentityPoolRoles({
    IdentityPoolId,
    Roles: { authenticated: users, unauthenticated: guests },
    RoleMappings: { [`${Object.keys(Logins)[0]}:${ClientId}`]: mapping([await pools.role("ruled")]) },
  });
  const { IdentityId = "" } = await identity.getId({ IdentityPoolId, Logins });
  const asked = { IdentityId, Logins, ...(CustomRoleArn === undefined ? {} : { CustomRoleArn }) };
  const { Credentials } = await identity.getCredentialsForIdentity(asked);
  return (await new STS(pools.signedBy(Credentials)).getCallerIdentity({})).Arn?.split("/")[1] ?? "";
}

const rule = (MatchType: string, Value: string, AmbiguousRoleResolution = "Deny") => {
  return ([RoleARN = ""]: readonly string[]): RoleMapping =>
    ({
      Type: "Rules",
      AmbiguousRoleResolution,
      RulesConfiguration: { Rules: [{ Claim: "cognito:groups", MatchType, Value, RoleARN }] },
    }) as RoleMapping;
};

test("roles come from groups, from rules over claims, or from the pool", async () => {
  expect(await roleOf(() => ({ Type: "Token", AmbiguousRoleResolution: "Deny" }))).toBe("admins");
  expect(await roleOf(rule("Equals", "admins"))).toBe("ruled");
  expect(await roleOf(rule("StartsWith", "adm"))).toBe("ruled");
  expect(await roleOf(rule("Contains", "guest", "AuthenticatedRole"))).toMatch(/^users-/);
  await expect(roleOf(rule("NotEqual", "admins"))).rejects.toMatchObject({ name: "NotAuthorizedException" });
  const foreign = "arn:aws:iam::000000000000:role/other";
  await expect(roleOf(() => ({ Type: "Token", AmbiguousRoleResolution: "Deny" }), foreign)).rejects.toMatchObject({
    name: "NotAuthorizedException",
  });
});

test("claims become session tags that policies can name", async () => {
  const { IdentityPoolId, users, Logins } = await pools.withUsers();
  const [provider = ""] = Object.keys(Logins);
  await pools.signed.setPrincipalTagAttributeMap({
    IdentityPoolId,
    IdentityProviderName: provider,
    PrincipalTags: { mail: "email" },
  });
  const map = { IdentityPoolId, IdentityProviderName: provider, UseDefaults: false, PrincipalTags: { mail: "email" } };
  expect(await pools.signed.getPrincipalTagAttributeMap(map)).toMatchObject(map);
  await pools.trust(users, {}, ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]);
  await pools.allow(users, ["s3:ListBucket"], { StringEquals: { "aws:PrincipalTag/mail": "ann@example.com" } });
  const { IdentityId = "" } = await identity.getId({ IdentityPoolId, Logins });
  const { Credentials } = await identity.getCredentialsForIdentity({ IdentityId, Logins });
  await new S3(pools.signedBy(Credentials)).listObjectsV2({ Bucket: "things" });
});

test("in the basic flow STS takes the identity's token, where the pool allows it", async () => {
  const { IdentityPoolId, guests } = await pools.make({ AllowUnauthenticatedIdentities: true });
  const { IdentityId = "" } = await identity.getId({ IdentityPoolId });
  await expect(identity.getOpenIdToken({ IdentityId })).rejects.toEqual(
    failure("InvalidParameterException", "Basic (classic) flow is not enabled, please use enhanced flow."),
  );
  await pools.signed.updateIdentityPool({
    IdentityPoolId,
    IdentityPoolName: "basic",
    AllowUnauthenticatedIdentities: true,
    AllowClassicFlow: true,
  });
  const { Token = "" } = await identity.getOpenIdToken({ IdentityId });
  expect(claimsOf(Token)).toMatchObject({ sub: IdentityId, aud: IdentityPoolId, amr: ["unauthenticated"] });
  const sts = pools.unsignedSts;
  const asked = { RoleArn: guests, RoleSessionName: "web", WebIdentityToken: Token };
  expect(await sts.assumeRoleWithWebIdentity(asked)).toMatchObject({
    SubjectFromWebIdentityToken: IdentityId,
    Provider: "cognito-identity.amazonaws.com",
    Audience: IdentityPoolId,
  });
  await cloud.clock.advance("11 minutes");
  await expect(sts.assumeRoleWithWebIdentity(asked)).rejects.toMatchObject({ name: "ExpiredTokenException" });
});

test("a developer's own users have identities too", async () => {
  const { IdentityPoolId, users } = await pools.make({ DeveloperProviderName: "login.my.app" });
  const Logins = { "login.my.app": "user-7" };
  const { IdentityId = "", Token = "" } = await pools.signed.getOpenIdTokenForDeveloperIdentity({
    IdentityPoolId,
    Logins,
  });
  expect(claimsOf(Token)["amr"]).toEqual(["authenticated", "login.my.app", `login.my.app:${IdentityPoolId}:user-7`]);
  const { Credentials } = await identity.getCredentialsForIdentity({
    IdentityId,
    Logins: { "cognito-identity.amazonaws.com": Token },
  });
  expect((await new STS(pools.signedBy(Credentials)).getCallerIdentity({})).Arn).toContain(users.split("/")[1]);
  const found = await pools.signed.lookupDeveloperIdentity({ IdentityPoolId, DeveloperUserIdentifier: "user-7" });
  expect(found).toMatchObject({ IdentityId, DeveloperUserIdentifierList: ["user-7"] });
  const other = await pools.signed.getOpenIdTokenForDeveloperIdentity({
    IdentityPoolId,
    Logins: { "login.my.app": "user-8" },
  });
  const merged = await pools.signed.mergeDeveloperIdentities({
    IdentityPoolId,
    DeveloperProviderName: "login.my.app",
    SourceUserIdentifier: "user-8",
    DestinationUserIdentifier: "user-7",
  });
  expect([merged.IdentityId, merged.IdentityId === other.IdentityId]).toEqual([IdentityId, false]);
  await pools.signed.unlinkDeveloperIdentity({
    IdentityPoolId,
    IdentityId,
    DeveloperProviderName: "login.my.app",
    DeveloperUserIdentifier: "user-8",
  });
  const rest = await pools.signed.lookupDeveloperIdentity({ IdentityPoolId, IdentityId });
  expect(rest.DeveloperUserIdentifierList).toEqual(["user-7"]);
});
