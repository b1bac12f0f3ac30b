// Events that go on as events: over another bus, of this account or another, and as the outcome of a function.

import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { bodies, createQueue, document, entry, put, rule } from "./test-deliveries.ts";

let cloud: RunningCloud;
let events: EventBridgeClient;
let sqs: SQSClient;

beforeAll(async () => {
  cloud = await startCloud({ seed: "events.deliveries" });
  cloud.clock.hold();
  events = new EventBridgeClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  sqs = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("another bus", () => {
  test("of the account gets the event as it is", async () => {
    await events.send(new CreateEventBusCommand({ Name: "second" }));
    const queue = await createQueue(sqs, "second");
    const first = await createQueue(sqs, "first");
    const Arn = `arn:aws:events:us-east-1:${cloud.account}:event-bus/second`;
    const statement = { Sid: "in", Effect: "Allow", Principal: "*", Action: "events:PutEvents", Resource: Arn };
    await events.send(new PutPermissionCommand({ EventBusName: "second", Policy: document(statement) }));
    await rule(events, "forward", { source: ["forward"] }, { Id: "b", Arn }, { Id: "q", Arn: first.arn });
    const EventPattern = '{"source":["forward"]}';
    await events.send(new PutRuleCommand({ Name: "r", EventBusName: "second", EventPattern }));
    await events.send(
      new PutTargetsCommand({ Rule: "r", EventBusName: "second", Targets: [{ Id: "q", Arn: queue.arn }] }),
    );
    await put(events, entry("forward", { n: 1 }));
    const [sent] = await bodies({ cloud, sqs }, first);
    expect(sent).toMatchObject({ source: "forward", detail: { n: 1 } });
    expect(await bodies({ cloud, sqs }, queue)).toEqual([sent]);
  });

  test("of another account gets it with its id and the account it came from", async () => {
    const account = "333333333333";
    const config = { ...cloud.clientConfig(), credentials: { accessKeyId: account, secretAccessKey: "x" } };
    const abroad = new EventBridgeClient(config);
    const client = new SQSClient(config);
    const queue = await createQueue(client, "abroad", account);
    await abroad.send(
      new PutPermissionCommand({ StatementId: "in", Action: "events:PutEvents", Principal: cloud.account }),
    );
    await abroad.send(new PutRuleCommand({ Name: "r", EventPattern: '{"source":["abroad"]}' }));
    await abroad.send(new PutTargetsCommand({ Rule: "r", Targets: [{ Id: "q", Arn: queue.arn }] }));
    const iam = new IAMClient(cloud.clientConfig());
    const assume = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" };
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName: "forward", AssumeRolePolicyDocument: document(assume) }),
    );
    const PolicyDocument = document({ Effect: "Allow", Action: "events:PutEvents", Resource: "*" });
    await iam.send(new PutRolePolicyCommand({ RoleName: "forward", PolicyName: "p", PolicyDocument }));
    const Arn = `arn:aws:events:us-east-1:${account}:event-bus/default`;
    await rule(events, "abroad", { source: ["abroad"] }, { Id: "b", Arn, RoleArn: Role?.Arn });
    await put(events, entry("abroad", { n: 1 }));
    expect(await bodies({ cloud, sqs: client }, queue)).toMatchObject([{ account: cloud.account, detail: { n: 1 } }]);
  });
});

test("a function runs with the event, and its destination bus gets the outcome as an event's detail", async () => {
  const iam = new IAMClient(cloud.clientConfig());
  const lambda = new LambdaClient(cloud.clientConfig());
  const assume = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: "told", AssumeRolePolicyDocument: document(assume) }),
  );
  const PolicyDocument = document({ Effect: "Allow", Action: ["logs:*", "events:PutEvents"], Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName: "told", PolicyName: "p", PolicyDocument }));
  const code = "exports.handler = async (event) => ({ heard: event.detail })";
  const { FunctionArn = "" } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "told",
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Role: Role?.Arn,
      Code: { ZipFile: zipSync({ "index.js": Buffer.from(code) }) },
    }),
  );
  const Destination = `arn:aws:events:us-east-1:${cloud.account}:event-bus/default`;
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: "told",
      DestinationConfig: { OnSuccess: { Destination } },
    }),
  );
  const RuleArn = await rule(events, "told", { source: ["told"] }, { Id: "f", Arn: FunctionArn });
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: "told",
      StatementId: "rule",
      Action: "lambda:InvokeFunction",
      Principal: "events.amazonaws.com",
      SourceArn: RuleArn,
    }),
  );
  await lambda.send(new InvokeCommand({ FunctionName: "told" }));
  const queue = await createQueue(sqs, "outcomes");
  await rule(events, "outcomes", { source: ["lambda"] }, { Id: "q", Arn: queue.arn });
  await put(events, entry("told", { n: 1 }));
  expect(await bodies({ cloud, sqs }, queue)).toMatchObject([
    {
      source: "lambda",
      "detail-type": "Lambda Function Invocation Result - Success",
      resources: [Destination, expect.stringContaining(FunctionArn) as string],
      detail: { requestPayload: { source: "told" }, responsePayload: { heard: { n: 1 } } },
    },
  ]);
});
