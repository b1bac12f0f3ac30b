// Identity pools deployed by CloudFormation, as the CDK writes them, and seen through their own client.

import { CloudControlClient, GetResourceCommand } from "@aws-sdk/client-cloudcontrol";
import { CognitoIdentity } from "@aws-sdk/client-cognito-identity";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let identity: CognitoIdentity;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "cognito.identity.resources" });
  at = stacksOf(cloud, { team: "air" });
  identity = new CognitoIdentity({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const IdentityPoolId = ref("Pool");
const trust = (type: string): object => ({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { Federated: "cognito-identity.amazonaws.com" },
    Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
    Condition: {
      StringEquals: { "cognito-identity.amazonaws.com:aud": IdentityPoolId },
      "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": type },
    },
  },
});
const role = (type: string): Resources[string] => ({
  Type: "AWS::IAM::Role",
  Properties: { AssumeRolePolicyDocument: trust(type) },
});

const template = (pool: object = {}, attachment: object = {}): Resources => ({
  Users: { Type: "AWS::Cognito::UserPool", Properties: {} },
  Web: { Type: "AWS::Cognito::UserPoolClient", Properties: { UserPoolId: ref("Users") } },
  Pool: {
    Type: "AWS::Cognito::IdentityPool",
    Properties: {
      AllowUnauthenticatedIdentities: true,
      CognitoIdentityProviders: [{ ClientId: ref("Web"), ProviderName: attribute("Users", "ProviderName") }],
      IdentityPoolTags: [{ Key: "a", Value: "1" }],
      ...pool,
    },
  },
  User: role("authenticated"),
  Guest: role("unauthenticated"),
  Roles: {
    Type: "AWS::Cognito::IdentityPoolRoleAttachment",
    Properties: {
      IdentityPoolId,
      Roles: { authenticated: attribute("User", "Arn"), unauthenticated: attribute("Guest", "Arn") },
      ...attachment,
    },
  },
  Tags: {
    Type: "AWS::Cognito::IdentityPoolPrincipalTag",
    Properties: { IdentityPoolId, IdentityProviderName: attribute("Users", "ProviderName"), UseDefaults: true },
  },
});

test("a pool with its roles and tags is made, changed and removed", async () => {
  const outputs = { Id: ref("Pool"), Name: attribute("Pool", "Name"), Attachment: attribute("Roles", "Id") };
  const { Id = "", Name = "", Attachment } = await at.deploy("identities", template(), outputs);
  expect([Id, Attachment]).toEqual([expect.stringMatching(/^us-east-1:[0-9a-f-]{36}$/), Id]);
  expect(Name).toMatch(/^identities_Pool_\w+$/);
  expect(await identity.describeIdentityPool({ IdentityPoolId: Id })).toMatchObject({
    IdentityPoolName: Name,
    AllowUnauthenticatedIdentities: true,
    CognitoIdentityProviders: [{ ServerSideTokenCheck: false }],
    IdentityPoolTags: { a: "1", team: "air" },
  });
  const { IdentityId = "" } = await identity.getId({ IdentityPoolId: Id });
  expect((await identity.getCredentialsForIdentity({ IdentityId })).Credentials?.AccessKeyId).toMatch(/^ASIA/);

  const provider = { "Fn::Sub": "cognito-idp.us-east-1.amazonaws.com/${Users}:${Web}" };
  const mapping = { Type: "Token", AmbiguousRoleResolution: "Deny", IdentityProvider: provider };
  await at.deploy("identities", template({ IdentityPoolName: "named" }, { RoleMappings: { web: mapping } }), outputs);
  const { RoleMappings = {} } = await identity.getIdentityPoolRoles({ IdentityPoolId: Id });
  expect(Object.entries(RoleMappings)).toEqual([
    [expect.stringMatching(/\/us-east-1_\w+:\w+$/), { Type: "Token", AmbiguousRoleResolution: "Deny" }],
  ]);
  const control = new CloudControlClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const seen = await control.send(new GetResourceCommand({ TypeName: "AWS::Cognito::IdentityPool", Identifier: Id }));
  expect(JSON.parse(seen.ResourceDescription?.Properties ?? "")).toMatchObject({ Id, IdentityPoolName: "named" });

  await at.destroy("identities");
  await expect(identity.describeIdentityPool({ IdentityPoolId: Id })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: `IdentityPool '${Id}' not found.`,
  });
});
