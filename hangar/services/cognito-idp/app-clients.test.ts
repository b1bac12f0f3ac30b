// App clients, resource servers and domains of pools through Cognito's own client.

import {
  AddUserPoolClientSecretCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteResourceServerCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolClientSecretCommand,
  DeleteUserPoolDomainCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  ListResourceServersCommand,
  ListUserPoolClientsCommand,
  ListUserPoolClientSecretsCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolDomainCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  type UserPoolClientType,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { suiteOf } from "./engine/test-app.ts";

const {
  apps: { cognito },
} = await suiteOf("cognito.clients");

const failure = (name: string, message: string): unknown => expect.objectContaining({ name, message });

async function pool(input: Partial<CreateUserPoolCommandInput> = {}): Promise<UserPoolType & { Id: string }> {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "people", ...input }));
  return { ...UserPool, Id: UserPool?.Id ?? "" };
}

async function client(
  UserPoolId: string,
  input: Partial<CreateUserPoolClientCommandInput> = {},
): Promise<UserPoolClientType> {
  const command = new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web", ...input });
  return (await cognito.send(command)).UserPoolClient ?? {};
}

async function described(UserPoolId: string): Promise<UserPoolType | undefined> {
  return (await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool;
}

describe("an app client", () => {
  test("has AWS's defaults, and a secret when asked for", async () => {
    const { Id } = await pool();
    const made = await client(Id, { GenerateSecret: true });
    expect(made).toMatchObject({
      UserPoolId: Id,
      ClientName: "web",
      RefreshTokenValidity: 30,
      ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"],
      EnableTokenRevocation: true,
      AllowedOAuthFlowsUserPoolClient: false,
      AuthSessionValidity: 3,
    });
    expect(made.ClientId).toMatch(/^[a-z0-9]{26}$/);
    expect(made.ClientSecret).toMatch(/^[a-z0-9]{51}$/);
    const place = { UserPoolId: Id, ClientId: made.ClientId };
    const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand(place));
    expect(UserPoolClient).toEqual(made);
    await cognito.send(new UpdateUserPoolClientCommand({ ...place, AccessTokenValidity: 2 }));
    expect((await cognito.send(new DescribeUserPoolClientCommand(place))).UserPoolClient).toMatchObject({
      ClientName: "web",
      AccessTokenValidity: 2,
      ClientSecret: made.ClientSecret,
    });
    expect((await cognito.send(new ListUserPoolClientsCommand({ UserPoolId: Id }))).UserPoolClients).toEqual([
      { UserPoolId: Id, ClientId: made.ClientId, ClientName: "web" },
    ]);
    await cognito.send(new DeleteUserPoolClientCommand(place));
    await expect(cognito.send(new DescribeUserPoolClientCommand(place))).rejects.toEqual(
      failure("ResourceNotFoundException", `User pool client ${made.ClientId} does not exist.`),
    );
  });

  test("may have two secrets, never none", async () => {
    const { Id } = await pool();
    const { ClientId } = await client(Id, { GenerateSecret: true });
    const place = { UserPoolId: Id, ClientId };
    const { ClientSecretDescriptor } = await cognito.send(new AddUserPoolClientSecretCommand(place));
    expect(ClientSecretDescriptor?.ClientSecretValue).toMatch(/^[a-z0-9]{51}$/);
    await expect(cognito.send(new AddUserPoolClientSecretCommand(place))).rejects.toMatchObject({
      name: "LimitExceededException",
    });
    const { ClientSecrets = [] } = await cognito.send(new ListUserPoolClientSecretsCommand(place));
    expect(ClientSecrets).toHaveLength(2);
    const [first, second] = ClientSecrets.map(({ ClientSecretId }) => ClientSecretId);
    await cognito.send(new DeleteUserPoolClientSecretCommand({ ...place, ClientSecretId: first }));
    await expect(
      cognito.send(new DeleteUserPoolClientSecretCommand({ ...place, ClientSecretId: second })),
    ).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  test.each([
    [{ AllowedOAuthScopes: ["api/read"] }, "ScopeDoesNotExistException", "Invalid scope requested: api/read"],
    [
      { AllowedOAuthFlows: ["client_credentials", "code"] as const },
      "InvalidOAuthFlowException",
      "client_credentials flow can not be selected along with code flow or implicit flow.",
    ],
    [
      { CallbackURLs: ["http://example.com/"] },
      "InvalidParameterException",
      "http://example.com/ cannot use the HTTP protocol.",
    ],
    [
      { WriteAttributes: ["custom:none"] },
      "InvalidParameterException",
      "Invalid write attributes specified while creating a client",
    ],
    [
      { AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: "seconds" as const } },
      "InvalidParameterException",
      "Invalid range for token validity.",
    ],
  ])("is refused %j", async (input, name, message) => {
    const { Id } = await pool();
    await expect(client(Id, input as Partial<CreateUserPoolClientCommandInput>)).rejects.toEqual(
      failure(name, message),
    );
  });
});

test("resource servers define scopes", async () => {
  const { Id: UserPoolId } = await pool();
  const Scopes = [{ ScopeName: "read", ScopeDescription: "to read" }];
  const server = { UserPoolId, Identifier: "api", Name: "API" };
  await cognito.send(new CreateResourceServerCommand({ ...server, Scopes }));
  await expect(cognito.send(new CreateResourceServerCommand(server))).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
  await client(UserPoolId, { AllowedOAuthScopes: ["api/read"] });
  await cognito.send(new UpdateResourceServerCommand({ ...server, Name: "Other", Scopes: [] }));
  const { ResourceServer } = await cognito.send(new DescribeResourceServerCommand({ UserPoolId, Identifier: "api" }));
  expect(ResourceServer).toEqual({ UserPoolId, Identifier: "api", Name: "Other", Scopes: [] });
  expect((await cognito.send(new ListResourceServersCommand({ UserPoolId }))).ResourceServers).toEqual([
    ResourceServer,
  ]);
  await cognito.send(new DeleteResourceServerCommand({ UserPoolId, Identifier: "api" }));
  await expect(
    cognito.send(new DescribeResourceServerCommand({ UserPoolId, Identifier: "api" })),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("a domain belongs to one pool, and a pool has one", async () => {
  const { Id } = await pool();
  const { Id: other } = await pool();
  const make = (UserPoolId: string, Domain: string): Promise<unknown> =>
    cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain }));
  await make(Id, "people-pages");
  await expect(make(other, "people-pages")).rejects.toEqual(
    failure("InvalidParameterException", "Domain already associated with another user pool."),
  );
  await expect(make(Id, "people-pages-2")).rejects.toEqual(
    failure("InvalidParameterException", "User pool already has a domain configured."),
  );
  await expect(make(other, "my-cognito")).rejects.toEqual(
    failure("InvalidParameterException", "Domain cannot contain reserved word: cognito"),
  );
  const place = { UserPoolId: Id, Domain: "people-pages" };
  await cognito.send(new UpdateUserPoolDomainCommand({ ...place, ManagedLoginVersion: 2 }));
  const describe = async (Domain: string): Promise<unknown> =>
    (await cognito.send(new DescribeUserPoolDomainCommand({ Domain }))).DomainDescription;
  expect(await describe("people-pages")).toMatchObject({ ...place, Status: "ACTIVE", ManagedLoginVersion: 2 });
  expect((await described(Id))?.Domain).toBe("people-pages");
  await cognito.send(new DeleteUserPoolDomainCommand(place));
  expect(await describe("people-pages")).toEqual({});
});
