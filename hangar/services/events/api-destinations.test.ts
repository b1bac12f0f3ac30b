// Connections and API destinations through the SDK client, as recorded from AWS, and events that reach a real server.

import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import {
  CreateApiDestinationCommand,
  CreateConnectionCommand,
  DeauthorizeConnectionCommand,
  DeleteApiDestinationCommand,
  DeleteConnectionCommand,
  DescribeApiDestinationCommand,
  DescribeConnectionCommand,
  EventBridgeClient,
  ListApiDestinationsCommand,
  ListConnectionsCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  UpdateApiDestinationCommand,
  UpdateConnectionCommand,
  type CreateConnectionAuthRequestParameters,
  type HttpParameters,
} from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

type Received = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

let cloud: RunningCloud;
let events: EventBridgeClient;
let server: Server;
let origin: string;
let role: string;
let received: Received[] = [];
/** Statuses of the next answers; 200 when there are none left. */
let answers: number[] = [];

const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

beforeAll(async () => {
  cloud = await startCloud({ seed: "events.api" });
  cloud.clock.hold();
  events = new EventBridgeClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(chunks).toString("utf8") });
      response.writeHead(answers.shift() ?? 200, { "content-type": "application/json" });
      response.end(url.startsWith("/token") ? '{"access_token":"the-token","token_type":"Bearer"}' : "{}");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const iam = new IAMClient(cloud.clientConfig());
  const assume = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: "caller", AssumeRolePolicyDocument: document(assume) }),
  );
  role = Role?.Arn ?? "";
  const allow = { Effect: "Allow", Action: "events:InvokeApiDestination", Resource: "*" };
  await iam.send(new PutRolePolicyCommand({ RoleName: "caller", PolicyName: "p", PolicyDocument: document(allow) }));
});

beforeEach(() => {
  received = [];
  answers = [];
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
  server.closeAllConnections();
  server.close();
});

const BASIC = { BasicAuthParameters: { Username: "user", Password: "pass" } };
const connect = async (
  Name: string,
  AuthParameters: CreateConnectionAuthRequestParameters = BASIC,
  AuthorizationType: "BASIC" | "API_KEY" | "OAUTH_CLIENT_CREDENTIALS" = "BASIC",
): Promise<string> =>
  (await events.send(new CreateConnectionCommand({ Name, AuthorizationType, AuthParameters }))).ConnectionArn ?? "";
const shown = (Name: string) => events.send(new DescribeConnectionCommand({ Name }));
const oauth = (path = "/token"): CreateConnectionAuthRequestParameters => ({
  OAuthParameters: {
    AuthorizationEndpoint: `${origin}${path}`,
    HttpMethod: "POST",
    ClientParameters: { ClientID: "client_id", ClientSecret: "client_secret" },
    OAuthHttpParameters: { BodyParameters: [{ Key: "scope", Value: "all" }] },
  },
});

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
    const arn = await connect(name, auth, type);
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
    await connect("changed");
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
    await connect("once");
    await expect(connect("once")).rejects.toMatchObject({ name: "ResourceAlreadyExistsException" });
    await expect(connect("lacking", BASIC, "API_KEY")).rejects.toMatchObject({ name: "ValidationException" });
    await expect(connect("Invalid Name With Spaces!")).rejects.toMatchObject({ name: "ValidationException" });
  });

  test("by OAuth is authorized by the endpoint's token", async () => {
    await connect("oauth", oauth(), "OAUTH_CLIENT_CREDENTIALS");
    expect(await shown("oauth")).toMatchObject({ ConnectionState: "AUTHORIZING" });
    await cloud.settle();
    expect(Object.fromEntries(new URLSearchParams(received[0]?.body))).toEqual({
      grant_type: "client_credentials",
      client_id: "client_id",
      client_secret: "client_secret",
      scope: "all",
    });
    expect(await shown("oauth")).toMatchObject({ ConnectionState: "AUTHORIZED" });
    answers = [403];
    await connect("refused", oauth(), "OAUTH_CLIENT_CREDENTIALS");
    await cloud.settle();
    expect(await shown("refused")).toMatchObject({ ConnectionState: "DEAUTHORIZED" });
  });
});

describe("an API destination", () => {
  test("is made, changed, listed and deleted", async () => {
    const ConnectionArn = await connect("for-api");
    const made = {
      Name: "api",
      ConnectionArn,
      HttpMethod: "POST" as const,
      InvocationEndpoint: "https://example.com/api",
    };
    const { ApiDestinationArn, ApiDestinationState } = await events.send(
      new CreateApiDestinationCommand({ ...made, Description: "d" }),
    );
    expect([ApiDestinationArn, ApiDestinationState]).toEqual([
      expect.stringMatching(/:api-destination\/api\/[0-9a-f-]{36}$/) as string,
      "ACTIVE",
    ]);
    await events.send(new UpdateApiDestinationCommand({ Name: "api", HttpMethod: "PUT" }));
    expect(await events.send(new DescribeApiDestinationCommand({ Name: "api" }))).toMatchObject({
      ...made,
      HttpMethod: "PUT",
      Description: "d",
      InvocationRateLimitPerSecond: 300,
    });
    const { ApiDestinations } = await events.send(new ListApiDestinationsCommand({ ConnectionArn }));
    expect(ApiDestinations?.map((each) => each.Name)).toEqual(["api"]);
    await expect(events.send(new CreateApiDestinationCommand(made))).rejects.toMatchObject({
      name: "ResourceAlreadyExistsException",
    });
    await events.send(new DeauthorizeConnectionCommand({ Name: "for-api" }));
    expect(await events.send(new DescribeApiDestinationCommand({ Name: "api" }))).toMatchObject({
      ApiDestinationState: "INACTIVE",
    });
    await events.send(new DeleteApiDestinationCommand({ Name: "api" }));
    await expect(events.send(new DescribeApiDestinationCommand({ Name: "api" }))).rejects.toMatchObject({
      message: "Failed to describe the api-destination(s). An api-destination 'api' does not exist.",
    });
  });

  async function rule(
    name: string,
    ConnectionArn: string,
    path: string,
    more: { HttpParameters?: HttpParameters; dead?: string } = {},
  ): Promise<void> {
    const { ApiDestinationArn: Arn = "" } = await events.send(
      new CreateApiDestinationCommand({
        Name: name,
        ConnectionArn,
        HttpMethod: "POST",
        InvocationEndpoint: `${origin}${path}`,
      }),
    );
    await events.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify({ source: [name] }) }));
    const { HttpParameters, dead } = more;
    const target = { Id: "api", Arn, HttpParameters, DeadLetterConfig: dead === undefined ? undefined : { Arn: dead } };
    await expect(events.send(new PutTargetsCommand({ Rule: name, Targets: [target] }))).rejects.toMatchObject({
      message: `RoleArn is required for target ${Arn}.`,
    });
    await events.send(new PutTargetsCommand({ Rule: name, Targets: [{ ...target, RoleArn: role }] }));
  }
  async function put(Source: string, detail: object = {}): Promise<void> {
    await events.send(new PutEventsCommand({ Entries: [{ Source, DetailType: "d", Detail: JSON.stringify(detail) }] }));
    await cloud.settle();
  }

  test("gets the event with the connection's authorization and everybody's parameters", async () => {
    const connection = await connect("parameters", {
      ...BASIC,
      InvocationHttpParameters: {
        HeaderParameters: [{ Key: "x-both", Value: "connection" }],
        QueryStringParameters: [{ Key: "q", Value: "connection" }],
        BodyParameters: [{ Key: "added", Value: "yes" }],
      },
    });
    await rule("parameters", connection, "/items/*/parts/*", {
      HttpParameters: {
        PathParameterValues: ["a b", "2"],
        HeaderParameters: { "x-both": "target", "x-own": "target" },
        QueryStringParameters: { own: "target" },
      },
    });
    await put("parameters", { n: 1 });
    const [call] = received;
    expect(call).toMatchObject({
      method: "POST",
      url: "/items/a%20b/parts/2?own=target&q=connection",
      headers: {
        authorization: `Basic ${Buffer.from("user:pass").toString("base64")}`,
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Amazon/EventBridge/ApiDestinations",
        "x-both": "connection",
        "x-own": "target",
      },
    });
    expect(JSON.parse(call?.body ?? "")).toMatchObject({ source: "parameters", detail: { n: 1 }, added: "yes" });
  });

  test("gets an API key or a bearer's token", async () => {
    const key = { ApiKeyAuthParameters: { ApiKeyName: "x-key", ApiKeyValue: "secret" } };
    await rule("keyed", await connect("keyed", key, "API_KEY"), "/keyed");
    await put("keyed");
    expect(received[0]?.headers["x-key"]).toBe("secret");
    const bearer = await connect("bearer", oauth(), "OAUTH_CLIENT_CREDENTIALS");
    await cloud.settle();
    await rule("bearer", bearer, "/bearer");
    await put("bearer");
    expect(received.at(-1)?.headers.authorization).toBe("Bearer the-token");
  });

  test("that fails is tried again; one that refuses is not", async () => {
    const sqs = new SQSClient(cloud.clientConfig());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
    const dead = `arn:aws:sqs:us-east-1:${cloud.account}:dead`;
    const Policy = document({ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: dead });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await rule("failing", await connect("failing"), "/failing", { dead });
    answers = [503, 429];
    await put("failing", { n: 1 });
    await cloud.clock.advance("10 seconds");
    expect(received).toHaveLength(3);
    answers = [400];
    await put("failing", { n: 2 });
    await cloud.clock.advance("1 hour");
    expect(received).toHaveLength(4);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"] }));
    expect(Messages.map((each) => each.MessageAttributes?.["ERROR_CODE"]?.StringValue)).toEqual(["SDK_CLIENT_ERROR"]);
  });
});

test("AWS::Events::Connection and ApiDestination are deployed and deliver", async () => {
  const stacks = new CloudFormationClient(cloud.clientConfig());
  const TemplateBody = JSON.stringify({
    Resources: {
      Connection: {
        Type: "AWS::Events::Connection",
        Properties: { AuthorizationType: "BASIC", AuthParameters: BASIC },
      },
      Api: {
        Type: "AWS::Events::ApiDestination",
        Properties: {
          ConnectionArn: { "Fn::GetAtt": ["Connection", "Arn"] },
          HttpMethod: "POST",
          InvocationEndpoint: `${origin}/deployed`,
        },
      },
      Rule: {
        Type: "AWS::Events::Rule",
        Properties: {
          EventPattern: { source: ["deployed"] },
          Targets: [{ Id: "api", Arn: { "Fn::GetAtt": ["Api", "Arn"] }, RoleArn: role }],
        },
      },
    },
  });
  await stacks.send(new CreateStackCommand({ StackName: "api", TemplateBody }));
  await cloud.settle();
  const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: "api" }));
  expect(Stacks?.[0]?.StackStatus).toBe("CREATE_COMPLETE");
  await events.send(new PutEventsCommand({ Entries: [{ Source: "deployed", DetailType: "d", Detail: "{}" }] }));
  await cloud.settle();
  expect(received.map((each) => each.url)).toEqual(["/deployed"]);
});
