// AWS::Cognito::UserPool and what belongs to it, deployed by CloudFormation and seen through Cognito's own client.

import { CloudControlClient, GetResourceCommand } from "@aws-sdk/client-cloudcontrol";
import {
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  GetUserPoolMfaConfigCommand,
  ListGroupsCommand,
  ListResourceServersCommand,
  ListUsersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let cognito: CognitoIdentityProviderClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "cognito.resources" });
  at = stacksOf(cloud, { team: "air" });
  cognito = new CognitoIdentityProviderClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const UserPoolId = ref("Pool");

const pool = (Properties: object = {}): Resources => ({ Pool: { Type: "AWS::Cognito::UserPool", Properties } });

test("a pool has AWS's attributes, changes in place, and goes back to defaults where the template is silent", async () => {
  const outputs = {
    Pool: ref("Pool"),
    Arn: attribute("Pool", "Arn"),
    Name: attribute("Pool", "ProviderName"),
    Url: attribute("Pool", "ProviderURL"),
    Id: attribute("Pool", "UserPoolId"),
  };
  const { Pool: Id = "", ...made } = await at.deploy(
    "pools",
    pool({
      UserPoolName: "people",
      UsernameAttributes: ["email"],
      Schema: [{ Name: "tenant", AttributeDataType: "String", Mutable: "true" }],
      Policies: { PasswordPolicy: { MinimumLength: "10", RequireNumbers: "true" } },
      MfaConfiguration: "OPTIONAL",
      EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
      UserPoolTags: { a: "1" },
    }),
    outputs,
  );
  expect(made).toEqual({
    Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${Id}`,
    Name: `cognito-idp.us-east-1.amazonaws.com/${Id}`,
    Url: `https://cognito-idp.us-east-1.amazonaws.com/${Id}`,
    Id,
  });
  const described = async (): Promise<unknown> =>
    (await cognito.send(new DescribeUserPoolCommand({ UserPoolId: Id }))).UserPool;
  expect(await described()).toMatchObject({
    Name: "people",
    UsernameAttributes: ["email"],
    MfaConfiguration: "OPTIONAL",
    Policies: { PasswordPolicy: { MinimumLength: 10, RequireNumbers: true } },
    UserPoolTags: { a: "1", team: "air" },
  });
  expect(await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId: Id }))).toMatchObject({
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const Schema = [
    { Name: "tenant", AttributeDataType: "String", Mutable: "true" },
    { Name: "level", AttributeDataType: "Number" },
  ];
  const again = await at.deploy("pools", pool({ UserPoolName: "others", UsernameAttributes: ["email"], Schema }));
  expect(again["Pool"]).toBe(Id);
  expect(await described()).toMatchObject({
    Name: "others",
    MfaConfiguration: "OFF",
    Policies: { PasswordPolicy: { MinimumLength: 8, RequireSymbols: true } },
    SchemaAttributes: expect.arrayContaining([expect.objectContaining({ Name: "custom:level" })]) as unknown[],
    UserPoolTags: { team: "air" },
  });
  expect(await at.failure("pools", pool({ UserPoolName: "others", Schema }))).toContain(
    "Updates are not allowed for property - UsernameAttributes.",
  );
  const control = new CloudControlClient(cloud.clientConfig());
  const { ResourceDescription } = await control.send(
    new GetResourceCommand({ TypeName: "AWS::Cognito::UserPool", Identifier: Id }),
  );
  expect(JSON.parse(ResourceDescription?.Properties ?? "")).toMatchObject({ UserPoolName: "others", UserPoolId: Id });
  await at.destroy("pools");
  await expect(described()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

const whole = (
  changes: { readonly validity?: number; readonly scope?: string; readonly precedence?: number } = {},
): Resources => ({
  ...pool(),
  Client: {
    Type: "AWS::Cognito::UserPoolClient",
    DependsOn: "Server",
    Properties: {
      UserPoolId,
      GenerateSecret: true,
      AccessTokenValidity: changes.validity ?? 1,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: [`api/${changes.scope ?? "read"}`],
    },
  },
  Server: {
    Type: "AWS::Cognito::UserPoolResourceServer",
    Properties: {
      UserPoolId,
      Identifier: "api",
      Name: "API",
      Scopes: [{ ScopeName: changes.scope ?? "read", ScopeDescription: "to read" }],
    },
  },
  Domain: { Type: "AWS::Cognito::UserPoolDomain", Properties: { UserPoolId, Domain: "stack-pages" } },
  Group: {
    Type: "AWS::Cognito::UserPoolGroup",
    Properties: { UserPoolId, GroupName: "pilots", Precedence: changes.precedence ?? 1 },
  },
  User: {
    Type: "AWS::Cognito::UserPoolUser",
    Properties: {
      UserPoolId,
      Username: "ann",
      MessageAction: "SUPPRESS",
      UserAttributes: [{ Name: "email", Value: "ann@example.com" }],
    },
  },
  Membership: {
    Type: "AWS::Cognito::UserPoolUserToGroupAttachment",
    Properties: { UserPoolId, GroupName: ref("Group"), Username: ref("User") },
  },
});

test("clients, servers, domains, groups and users come, change and go with their stack", async () => {
  const outputs = {
    Pool: ref("Pool"),
    Client: ref("Client"),
    Secret: attribute("Client", "ClientSecret"),
    Name: attribute("Client", "Name"),
    Domain: ref("Domain"),
    Group: ref("Group"),
    User: ref("User"),
    Server: ref("Server"),
  };
  const made = await at.deploy("whole", whole(), outputs);
  const { Pool: Id, Client: ClientId, Secret } = made;
  expect(made).toMatchObject({ Domain: "stack-pages", Group: "pilots", User: "ann", Server: "api" });
  expect(made["Name"]).toMatch(/^whole-Client-/);
  const client = async (): Promise<unknown> =>
    (await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: Id, ClientId }))).UserPoolClient;
  expect(await client()).toMatchObject({ ClientSecret: Secret, AllowedOAuthScopes: ["api/read"] });
  const groups = await cognito.send(new AdminListGroupsForUserCommand({ UserPoolId: Id, Username: "ann" }));
  expect(groups.Groups?.map(({ GroupName }) => GroupName)).toEqual(["pilots"]);
  const again = await at.deploy("whole", whole({ validity: 2, scope: "write", precedence: 5 }), outputs);
  expect(again).toEqual(made);
  expect(await client()).toMatchObject({ AccessTokenValidity: 2, AllowedOAuthScopes: ["api/write"] });
  const all = { UserPoolId: Id };
  expect((await cognito.send(new ListGroupsCommand(all))).Groups?.[0]?.Precedence).toBe(5);
  expect((await cognito.send(new ListUsersCommand(all))).Users).toHaveLength(1);
  expect((await cognito.send(new ListResourceServersCommand(all))).ResourceServers?.[0]?.Scopes).toEqual([
    { ScopeName: "write", ScopeDescription: "to read" },
  ]);
  await at.destroy("whole");
  const gone = await cognito.send(new DescribeUserPoolDomainCommand({ Domain: "stack-pages" }));
  expect(gone.DomainDescription).toEqual({});
});

test("a pool says how passkeys are made", async () => {
  const passkeys = {
    WebAuthnRelyingPartyID: "example.com",
    WebAuthnUserVerification: "required",
    WebAuthnFactorConfiguration: "SINGLE_FACTOR",
  };
  const { Pool: id = "" } = await at.deploy("keys", pool(passkeys), { Pool: ref("Pool") });
  const { WebAuthnConfiguration } = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId: id }));
  expect(WebAuthnConfiguration).toEqual({
    RelyingPartyId: "example.com",
    UserVerification: "required",
    FactorConfiguration: "SINGLE_FACTOR",
  });
  const TypeName = "AWS::Cognito::UserPool";
  const control = new CloudControlClient(cloud.clientConfig());
  const { ResourceDescription } = await control.send(new GetResourceCommand({ TypeName, Identifier: id }));
  expect(JSON.parse(ResourceDescription?.Properties ?? "")).toMatchObject(passkeys);
  await at.destroy("keys");
});

test("what is not emulated fails by name before anything is made", async () => {
  expect(await at.failure("safe", pool({ UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" } }))).toContain(
    "threat protection",
  );
});
