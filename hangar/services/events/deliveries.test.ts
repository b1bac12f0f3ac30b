// What becomes of events: entries that fail, rules that match, targets of each kind, retries and dead letters.

import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type PutEventsRequestEntry,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  type Message,
} from "@aws-sdk/client-sqs";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

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

type Queue = { readonly arn: string; readonly url: string };
const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

async function createQueue(QueueName: string, client = sqs, account = cloud.account): Promise<Queue> {
  const fifo = QueueName.endsWith(".fifo") ? { FifoQueue: "true", ContentBasedDeduplication: "true" } : undefined;
  const { QueueUrl: url = "" } = await client.send(new CreateQueueCommand({ QueueName, Attributes: fifo }));
  const arn = `arn:aws:sqs:us-east-1:${account}:${QueueName}`;
  const Policy = document({
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: arn,
  });
  await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
  return { arn, url };
}

async function receive(queue: Queue, client = sqs): Promise<Message[]> {
  await cloud.settle();
  const asked = {
    QueueUrl: queue.url,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ["All"],
    AttributeNames: ["All" as const],
  };
  const { Messages = [] } = await client.send(new ReceiveMessageCommand(asked));
  for (const { ReceiptHandle } of Messages)
    await client.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }));
  return Messages;
}
const bodies = async (queue: Queue, client = sqs): Promise<Record<string, unknown>[]> =>
  (await receive(queue, client)).map((message) => JSON.parse(message.Body ?? "") as Record<string, unknown>);

async function rule(name: string, pattern: object, ...Targets: Target[]): Promise<string> {
  const { RuleArn = "" } = await events.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify(pattern) }));
  await events.send(new PutTargetsCommand({ Rule: name, Targets }));
  return RuleArn;
}
const put = (...Entries: PutEventsRequestEntry[]): Promise<object> => events.send(new PutEventsCommand({ Entries }));
const entry = (Source: string, detail: object = {}): PutEventsRequestEntry => ({
  Source,
  DetailType: "type",
  Detail: JSON.stringify(detail),
});

describe("PutEvents", () => {
  const failed = (ErrorCode: string, ErrorMessage: string): object => ({
    FailedEntryCount: 1,
    Entries: [{ ErrorCode, ErrorMessage }],
  });
  const required = (name: string): object =>
    failed("InvalidArgument", `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);

  test.each<[PutEventsRequestEntry, object]>([
    [{ DetailType: "d", Detail: "{}" }, required("Source")],
    [{ Source: "s", Detail: "{}" }, required("DetailType")],
    [{ Source: "s", DetailType: "d" }, required("Detail")],
    [{ Source: "s", DetailType: "d", Detail: "text" }, failed("MalformedDetail", "Detail is malformed.")],
    [{ Source: "s", DetailType: "d", Detail: "[]" }, failed("MalformedDetail", "Detail is malformed.")],
    [{ Source: "s", DetailType: "d", Detail: '"text"' }, failed("MalformedDetail", "Detail is malformed.")],
    [
      { Source: "aws.mine", DetailType: "d", Detail: "{}" },
      failed("NotAuthorizedForSourceException", "Not authorized for the source."),
    ],
  ])("%j fails alone", async (bad, answer) => {
    expect(await put(bad)).toMatchObject(answer);
    expect(await put(bad, entry("good"))).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: expect.any(String) as string }, { EventId: expect.any(String) as string }],
    });
  });

  test("is refused whole when it is too big, or has more than ten entries", async () => {
    await expect(put({ ...entry("big"), Detail: JSON.stringify({ a: "x".repeat(1_048_576) }) })).rejects.toMatchObject({
      name: "ValidationException",
      message: "Total size of the entries in the request is over the limit.",
    });
    await expect(put(...Array.from({ length: 11 }, () => entry("many")))).rejects.toMatchObject({
      name: "ValidationException",
    });
  });

  test("to a bus that is not there is accepted and dropped", async () => {
    expect(await put({ ...entry("lost"), EventBusName: "nowhere" })).toMatchObject({ FailedEntryCount: 0 });
  });
});

describe("a queue", () => {
  test("gets the whole event, once for each rule that fits", async () => {
    const queue = await createQueue("whole");
    await rule("whole-1", { source: ["whole"] }, { Id: "q", Arn: queue.arn });
    await rule("whole-2", { detail: { n: [1] } }, { Id: "q", Arn: queue.arn, InputPath: "$.detail" });
    await put({ ...entry("whole", { n: 1 }), Resources: ["r"], Time: new Date("2022-01-01T00:00:00Z") });
    const [one, two] = (await bodies(queue)).toSorted((a, b) => Object.keys(b).length - Object.keys(a).length);
    expect(one).toEqual({
      version: "0",
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      "detail-type": "type",
      source: "whole",
      account: cloud.account,
      time: "2022-01-01T00:00:00Z",
      region: "us-east-1",
      resources: ["r"],
      detail: { n: 1 },
    });
    expect(two).toEqual({ n: 1 });
    await put(entry("other", { n: 2 }));
    expect(await receive(queue)).toEqual([]);
  });

  test("of the FIFO kind gets the group that the target names", async () => {
    const queue = await createQueue("ordered.fifo");
    const SqsParameters = { MessageGroupId: "group" };
    await rule("ordered", { source: ["ordered"] }, { Id: "q", Arn: queue.arn, SqsParameters });
    await put(entry("ordered"));
    expect((await receive(queue))[0]?.Attributes).toMatchObject({ MessageGroupId: "group" });
  });

  test("gets what the template makes of the event", async () => {
    const queue = await createQueue("transformed");
    await rule(
      "transformed",
      { source: ["transformed"] },
      {
        Id: "q",
        Arn: queue.arn,
        InputTransformer: { InputPathsMap: { n: "$.detail.n" }, InputTemplate: '{"number": <n>, "text": "n is <n>"}' },
      },
    );
    await put(entry("transformed", { n: 7 }));
    expect(await bodies(queue)).toEqual([{ number: 7, text: "n is 7" }]);
  });

  test("that is gone, or keeps EventBridge out, loses the event to the dead-letter queue with the reason", async () => {
    const dead = await createQueue("dead");
    const gone = await createQueue("gone");
    await sqs.send(new DeleteQueueCommand({ QueueUrl: gone.url }));
    const RuleArn = await rule(
      "gone",
      { source: ["gone"] },
      { Id: "q", Arn: gone.arn, DeadLetterConfig: { Arn: dead.arn } },
    );
    await put(entry("gone", { n: 1 }));
    const [message] = await receive(dead);
    expect(JSON.parse(message?.Body ?? "")).toMatchObject({ source: "gone", detail: { n: 1 } });
    const attributes = Object.fromEntries(
      Object.entries(message?.MessageAttributes ?? {}).map(([name, value]) => [name, value.StringValue]),
    );
    expect(attributes).toMatchObject({ RULE_ARN: RuleArn, TARGET_ARN: gone.arn, RETRY_ATTEMPTS: "0" });
    expect(attributes["ERROR_CODE"]).toBe("NO_RESOURCE");
    expect(attributes).not.toHaveProperty("EXHAUSTED_RETRY_CONDITION");
  });

  test("is tried again, ever more seldom, when the fault is the service's", async () => {
    const queue = await createQueue("flaky");
    await rule("flaky", { source: ["flaky"] }, { Id: "q", Arn: queue.arn });
    cloud.faults.next("sqs:SendMessage", "ServiceUnavailable", { times: 2 });
    await put(entry("flaky"));
    expect(await receive(queue)).toEqual([]);
    await cloud.clock.advance("1 second");
    expect(await receive(queue)).toEqual([]);
    await cloud.clock.advance("2 seconds");
    expect(await receive(queue)).toHaveLength(1);
  });

  test("is tried as often as the target's policy says, then the event is a dead letter", async () => {
    const dead = await createQueue("exhausted-dead");
    const queue = await createQueue("exhausted");
    await rule(
      "exhausted",
      { source: ["exhausted"] },
      {
        Id: "q",
        Arn: queue.arn,
        RetryPolicy: { MaximumRetryAttempts: 1 },
        DeadLetterConfig: { Arn: dead.arn },
      },
    );
    cloud.faults.next("sqs:SendMessage", "ServiceUnavailable", { times: 2 });
    await put(entry("exhausted"));
    await cloud.clock.advance("1 second");
    expect(await receive(queue)).toEqual([]);
    const [message] = await receive(dead);
    expect(message?.MessageAttributes?.["RETRY_ATTEMPTS"]?.StringValue).toBe("1");
    expect(message?.MessageAttributes?.["EXHAUSTED_RETRY_CONDITION"]?.StringValue).toBe("MaximumRetryAttempts");
  });
});

test("an event that stays undelivered past its age is a dead letter for that", async () => {
  const dead = await createQueue("aged-dead");
  const queue = await createQueue("aged");
  const RetryPolicy = { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 185 };
  await rule(
    "aged",
    { source: ["aged"] },
    { Id: "q", Arn: queue.arn, RetryPolicy, DeadLetterConfig: { Arn: dead.arn } },
  );
  // 1 + 2 + 4 + 8 + 16 seconds, and 32 more would be too late.
  cloud.faults.next("sqs:SendMessage", "ServiceUnavailable", { times: 6 });
  await put(entry("aged"));
  await cloud.clock.advance("1 hour");
  expect(await receive(queue)).toEqual([]);
  const [message] = await receive(dead);
  const { EXHAUSTED_RETRY_CONDITION: condition, RETRY_ATTEMPTS: tries } = message?.MessageAttributes ?? {};
  expect([condition?.StringValue, tries?.StringValue]).toEqual(["MaximumEventAgeInSeconds", "5"]);
});

test("a log group gets the event where the account's resource policy lets EventBridge in", async () => {
  const logs = new CloudWatchLogsClient(cloud.clientConfig());
  const logGroupName = "/aws/events/all";
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  const Arn = `arn:aws:logs:us-east-1:${cloud.account}:log-group:${logGroupName}`;
  await logs.send(
    new PutResourcePolicyCommand({
      policyName: "events",
      policyDocument: document({
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${Arn}:*`,
      }),
    }),
  );
  await rule("logged", { source: ["logged"] }, { Id: "l", Arn });
  await put(entry("logged", { n: 1 }));
  await cloud.settle();
  const { events: lines = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  expect(lines.map((line) => JSON.parse(line.message ?? "") as object)).toMatchObject([{ detail: { n: 1 } }]);
});

describe("another bus", () => {
  test("of the account gets the event as it is", async () => {
    await events.send(new CreateEventBusCommand({ Name: "second" }));
    const queue = await createQueue("second");
    const first = await createQueue("first");
    const Arn = `arn:aws:events:us-east-1:${cloud.account}:event-bus/second`;
    const statement = { Sid: "in", Effect: "Allow", Principal: "*", Action: "events:PutEvents", Resource: Arn };
    await events.send(new PutPermissionCommand({ EventBusName: "second", Policy: document(statement) }));
    await rule("forward", { source: ["forward"] }, { Id: "b", Arn }, { Id: "q", Arn: first.arn });
    const EventPattern = '{"source":["forward"]}';
    await events.send(new PutRuleCommand({ Name: "r", EventBusName: "second", EventPattern }));
    await events.send(
      new PutTargetsCommand({ Rule: "r", EventBusName: "second", Targets: [{ Id: "q", Arn: queue.arn }] }),
    );
    await put(entry("forward", { n: 1 }));
    const [sent] = await bodies(first);
    expect(sent).toMatchObject({ source: "forward", detail: { n: 1 } });
    expect(await bodies(queue)).toEqual([sent]);
  });

  test("of another account gets it with its id and the account it came from", async () => {
    const account = "333333333333";
    const config = { ...cloud.clientConfig(), credentials: { accessKeyId: account, secretAccessKey: "x" } };
    const abroad = new EventBridgeClient(config);
    const client = new SQSClient(config);
    const queue = await createQueue("abroad", client, account);
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
    await rule("abroad", { source: ["abroad"] }, { Id: "b", Arn, RoleArn: Role?.Arn });
    await put(entry("abroad", { n: 1 }));
    expect(await bodies(queue, client)).toMatchObject([{ account: cloud.account, detail: { n: 1 } }]);
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
  const RuleArn = await rule("told", { source: ["told"] }, { Id: "f", Arn: FunctionArn });
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
  const queue = await createQueue("outcomes");
  await rule("outcomes", { source: ["lambda"] }, { Id: "q", Arn: queue.arn });
  await put(entry("told", { n: 1 }));
  expect(await bodies(queue)).toMatchObject([
    {
      source: "lambda",
      "detail-type": "Lambda Function Invocation Result - Success",
      resources: [Destination, expect.stringContaining(FunctionArn) as string],
      detail: { requestPayload: { source: "told" }, responsePayload: { heard: { n: 1 } } },
    },
  ]);
});
