// API destinations through the SDK client, as recorded from AWS, and events that reach a real server.

import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import {
  CreateApiDestinationCommand,
  DeauthorizeConnectionCommand,
  DeleteApiDestinationCommand,
  DescribeApiDestinationCommand,
  EventBridgeClient,
  ListApiDestinationsCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  UpdateApiDestinationCommand,
  type HttpParameters,
} from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { BASIC, connect, oauth, startEndpoint, type Endpoint } from "./test-connections.ts";

let cloud: RunningCloud;
let events: EventBridgeClient;
let endpoint: Endpoint;
let role: string;

const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

beforeAll(async () => {
  cloud = await startCloud({ seed: "events.api" });
  cloud.clock.hold();
  events = new EventBridgeClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  endpoint = await startEndpoint();
  const iam = new IAMClient(cloud.clientConfig());
  const assume = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: "caller", AssumeRolePolicyDocument: document(assume) }),
  );
  role = Role?.Arn ?? "";
  const allow = { Effect: "Allow", Action: "events:InvokeApiDestination", Resource: "*" };
  await iam.send(new PutRolePolicyCommand({ RoleName: "caller", PolicyName: "p", PolicyDocument: document(allow) }));
});

beforeEach(() => endpoint.forget());

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
  endpoint.close();
});

describe("an API destination", () => {
  test("is made, changed, listed and deleted", async () => {
    const ConnectionArn = await connect(events, "for-api");
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
        InvocationEndpoint: `${endpoint.origin}${path}`,
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
    const connection = await connect(events, "parameters", {
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
    const [call] = endpoint.received;
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
    await rule("keyed", await connect(events, "keyed", key, "API_KEY"), "/keyed");
    await put("keyed");
    expect(endpoint.received[0]?.headers["x-key"]).toBe("secret");
    const bearer = await connect(events, "bearer", oauth(endpoint), "OAUTH_CLIENT_CREDENTIALS");
    await cloud.settle();
    await rule("bearer", bearer, "/bearer");
    await put("bearer");
    expect(endpoint.received.at(-1)?.headers.authorization).toBe("Bearer the-token");
  });

  test("that fails is tried again; one that refuses is not", async () => {
    const sqs = new SQSClient(cloud.clientConfig());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
    const dead = `arn:aws:sqs:us-east-1:${cloud.account}:dead`;
    const Policy = document({ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: dead });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await rule("failing", await connect(events, "failing"), "/failing", { dead });
    endpoint.answers.push(503, 429);
    await put("failing", { n: 1 });
    await cloud.clock.advance("10 seconds");
    expect(endpoint.received).toHaveLength(3);
    endpoint.answers.push(400);
    await put("failing", { n: 2 });
    await cloud.clock.advance("1 hour");
    expect(endpoint.received).toHaveLength(4);
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
          InvocationEndpoint: `${endpoint.origin}/deployed`,
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
  expect(endpoint.received.map((each) => each.url)).toEqual(["/deployed"]);
});
