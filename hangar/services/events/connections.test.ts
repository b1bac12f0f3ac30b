// Connections through the SDK client, as recorded from AWS, with a real server that gives tokens.

import {
  DeauthorizeConnectionCommand,
  DeleteConnectionCommand,
  DescribeConnectionCommand,
  EventBridgeClient,
  ListConnectionsCommand,
  UpdateConnectionCommand,
} from "@aws-sdk/client-eventbridge";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { BASIC, connect, oauth, startEndpoint, type Endpoint } from "./test-connections.ts";

let cloud: RunningCloud;
let events: EventBridgeClient;
let endpoint: Endpoint;

beforeAll(async () => {
  cloud = await startCloud({ seed: "events.api" });
  cloud.clock.hold();
  events = new EventBridgeClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  endpoint = await startEndpoint();
});

beforeEach(() => endpoint.forget());

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
  endpoint.close();
});

const shown = (Name: string) => events.send(new DescribeConnectionCommand({ Name }));

describe("a connection", () => {
  const KEY = { ApiKeyAuthParameters: { ApiKeyName: "ApiKey", ApiKeyValue: "secret" } };

  test.each([
    {
      name: "basic",
      auth: BASIC,
      type: "BASIC" as const,
      AuthParameters: { BasicAuthParameters: { Username: "user" } },
      secret: { username: "user", password: "pass" },
    },
    {
      name: "key",
      auth: KEY,
      type: "API_KEY" as const,
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: "ApiKey" } },
      secret: { api_key_name: "ApiKey", api_key_value: "secret" },
    },
  ])("of kind $name keeps its authorization in a secret", async ({ name, auth, type, AuthParameters, secret }) => {
    const arn = await connect(events, name, auth, type);
    expect(arn).toMatch(new RegExp(`^arn:aws:events:us-east-1:${cloud.account}:connection/${name}/[0-9a-f-]{36}$`));
    const found = await shown(name);
    expect(found).toMatchObject({
      Name: name,
      ConnectionArn: arn,
      AuthorizationType: type,
      ConnectionState: "AUTHORIZED",
      SecretArn: expect.stringContaining(`:secret:events!connection/${name}/`) as string,
    });
    expect(found.AuthParameters).toEqual(AuthParameters);
    const secrets = new SecretsManagerClient(cloud.clientConfig());
    const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: found.SecretArn }));
    expect(JSON.parse(SecretString)).toEqual(secret);
  });

  test("is changed with its secret, listed, deauthorized and deleted", async () => {
    await connect(events, "changed");
    const AuthParameters = { BasicAuthParameters: { Username: "new_user", Password: "new_pass" } };
    await events.send(new UpdateConnectionCommand({ Name: "changed", AuthParameters, Description: "d" }));
    const { SecretArn, Description } = await shown("changed");
    expect(Description).toBe("d");
    const secrets = new SecretsManagerClient(cloud.clientConfig());
    const value = (): Promise<{ SecretString?: string | undefined }> =>
      secrets.send(new GetSecretValueCommand({ SecretId: SecretArn }));
    expect(JSON.parse((await value()).SecretString ?? "")).toEqual({ username: "new_user", password: "new_pass" });
    const { Connections } = await events.send(new ListConnectionsCommand({ NamePrefix: "chan" }));
    expect(Connections?.map((each) => [each.Name, each.ConnectionState])).toEqual([["changed", "AUTHORIZED"]]);
    await events.send(new DeauthorizeConnectionCommand({ Name: "changed" }));
    expect(await shown("changed")).toMatchObject({ ConnectionState: "DEAUTHORIZED" });
    expect(await events.send(new DeleteConnectionCommand({ Name: "changed" }))).toMatchObject({
      ConnectionState: "DELETING",
    });
    await expect(shown("changed")).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Failed to describe the connection(s). Connection 'changed' does not exist.",
    });
    await expect(value()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("has its name once, and what its kind needs", async () => {
    await connect(events, "once");
    await expect(connect(events, "once")).rejects.toMatchObject({ name: "ResourceAlreadyExistsException" });
    await expect(connect(events, "lacking", BASIC, "API_KEY")).rejects.toMatchObject({ name: "ValidationException" });
    await expect(connect(events, "Invalid Name With Spaces!")).rejects.toMatchObject({ name: "ValidationException" });
  });

  test("by OAuth is authorized by the endpoint's token", async () => {
    await connect(events, "oauth", oauth(endpoint), "OAUTH_CLIENT_CREDENTIALS");
    expect(await shown("oauth")).toMatchObject({ ConnectionState: "AUTHORIZING" });
    await cloud.settle();
    expect(Object.fromEntries(new URLSearchParams(endpoint.received[0]?.body))).toEqual({
      grant_type: "client_credentials",
      client_id: "client_id",
      client_secret: "client_secret",
      scope: "all",
    });
    expect(await shown("oauth")).toMatchObject({ ConnectionState: "AUTHORIZED" });
    endpoint.answers.push(403);
    await connect(events, "refused", oauth(endpoint), "OAUTH_CLIENT_CREDENTIALS");
    await cloud.settle();
    expect(await shown("refused")).toMatchObject({ ConnectionState: "DEAUTHORIZED" });
  });
});
