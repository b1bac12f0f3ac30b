// Topics between services: functions that listen, services and accounts that publish, and what is logged of deliveries.

import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateTopicCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let sns: SNSClient;
let sqs: SQSClient;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  cloud = await startCloud({ seed: "sns.deliveries" });
  sns = new SNSClient(cloud.clientConfig());
  sqs = new SQSClient(cloud.clientConfig());
  logs = new CloudWatchLogsClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
const createTopic = async (Name: string): Promise<string> =>
  (await sns.send(new CreateTopicCommand({ Name }))).TopicArn ?? "";
const set = (TopicArn: string, AttributeName: string, AttributeValue: string): Promise<object> =>
  sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));

async function createQueue(QueueName: string): Promise<{ arn: string; url: string }> {
  const { QueueUrl: url = "" } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const arn = `arn:aws:sqs:us-east-1:${cloud.account}:${QueueName}`;
  const Policy = document({ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: arn });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
  return { arn, url };
}

async function createFunction(FunctionName: string, topicArn: string): Promise<string> {
  const iam = new IAMClient(cloud.clientConfig());
  const lambda = new LambdaClient(cloud.clientConfig());
  const assume = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: FunctionName, AssumeRolePolicyDocument: document(assume) }),
  );
  const PolicyDocument = document({ Effect: "Allow", Action: "logs:*", Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName: FunctionName, PolicyName: "logs", PolicyDocument }));
  const code = "exports.handler = async (event) => console.log(`told ${JSON.stringify(event)}`)";
  const { FunctionArn = "" } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Role: Role?.Arn,
      Code: { ZipFile: zipSync({ "index.js": Buffer.from(code) }) },
    }),
  );
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: "topic",
      Action: "lambda:InvokeFunction",
      Principal: "sns.amazonaws.com",
      SourceArn: topicArn,
    }),
  );
  return FunctionArn;
}

const logged = async (logGroupName: string, filterPattern?: string): Promise<string[]> =>
  ((await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern }))).events ?? []).map(
    (event) => event.message ?? "",
  );

test("a function gets AWS's record of each message, and its delivery is logged where the topic asks", async () => {
  const topic = await createTopic("to-function");
  const arn = await createFunction("listener", topic);
  await set(topic, "LambdaSuccessFeedbackRoleArn", `arn:aws:iam::${cloud.account}:role/listener`);
  await set(topic, "LambdaSuccessFeedbackSampleRate", "100");
  const { SubscriptionArn } = await sns.send(
    new SubscribeCommand({ TopicArn: topic, Protocol: "lambda", Endpoint: arn }),
  );
  const { MessageId } = await sns.send(
    new PublishCommand({
      TopicArn: topic,
      Message: "Hello world.",
      MessageAttributes: { attr: { DataType: "Number", StringValue: "1" } },
    }),
  );
  await cloud.settle();
  const [line = ""] = await logged("/aws/lambda/listener", "told");
  expect(JSON.parse(line.slice(line.indexOf("{")))).toEqual({
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: SubscriptionArn,
        Sns: {
          Type: "Notification",
          MessageId,
          TopicArn: topic,
          Subject: null,
          Message: "Hello world.",
          Timestamp: expect.any(String) as string,
          SignatureVersion: "1",
          Signature: expect.any(String) as string,
          SigningCertUrl: expect.any(String) as string,
          UnsubscribeUrl: expect.any(String) as string,
          MessageAttributes: { attr: { Type: "Number", Value: "1" } },
        },
      },
    ],
  });
  const [outcome = ""] = await logged(`sns/us-east-1/${cloud.account}/to-function`);
  expect(JSON.parse(outcome)).toMatchObject({
    notification: { messageId: MessageId, messageMD5Sum: "764569e58f53ea8b6404f6fa7fc0247f", topicArn: topic },
    delivery: { destination: arn, statusCode: 202 },
    status: "SUCCESS",
  });
});

test("a failed delivery is logged in a group of its own", async () => {
  const topic = await createTopic("failing");
  await set(topic, "SQSFailureFeedbackRoleArn", `arn:aws:iam::${cloud.account}:role/feedback`);
  const Endpoint = `arn:aws:sqs:us-east-1:${cloud.account}:not-there`;
  await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint }));
  await sns.send(new PublishCommand({ TopicArn: topic, Message: "lost" }));
  await cloud.settle();
  const [outcome = ""] = await logged(`sns/us-east-1/${cloud.account}/failing/Failure`);
  expect(JSON.parse(outcome)).toMatchObject({ delivery: { destination: Endpoint }, status: "FAILURE" });
});

test("a rule publishes once the topic lets EventBridge in", async () => {
  const topic = await createTopic("from-rule");
  const { arn, url } = await createQueue("from-rule");
  await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint: arn }));
  const events = new EventBridgeClient(cloud.clientConfig());
  await events.send(new PutRuleCommand({ Name: "all", EventPattern: '{"source":["app"]}' }));
  await events.send(new PutTargetsCommand({ Rule: "all", Targets: [{ Id: "t", Arn: topic }] }));
  const put = async (n: number): Promise<unknown[]> => {
    const Detail = JSON.stringify({ n });
    await events.send(new PutEventsCommand({ Entries: [{ Source: "app", DetailType: "d", Detail }] }));
    await cloud.settle();
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
    return Messages.map((message) => {
      const { Message } = JSON.parse(message.Body ?? "") as { Message: string };
      return (JSON.parse(Message) as { detail: unknown }).detail;
    });
  };
  expect(await put(1)).toEqual([]);
  const statement = {
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sns:Publish",
    Resource: topic,
  };
  await set(topic, "Policy", document(statement));
  expect(await put(2)).toEqual([{ n: 2 }]);
});

test("what is subscribed in a fork hears nothing of the trunk", async () => {
  const topic = await createTopic("forked");
  const fork = cloud.fork("branch");
  const branch = new SNSClient(fork.clientConfig());
  const { arn, url } = await createQueue("forked");
  await branch.send(new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint: arn }));
  await sns.send(new PublishCommand({ TopicArn: topic, Message: "in the trunk" }));
  await cloud.settle();
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }))).Messages ?? []).toEqual([]);
  fork.dispose();
});

test("a topic is a function's dead-letter queue: the event with its reason, as the function's role", async () => {
  const lambda = new LambdaClient(cloud.clientConfig());
  const iam = new IAMClient(cloud.clientConfig());
  const topic = await createTopic("dead-letters");
  const { arn, url } = await createQueue("dead-letters");
  await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint: arn }));
  const assume = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: "failing", AssumeRolePolicyDocument: document(assume) }),
  );
  const PolicyDocument = document({ Effect: "Allow", Action: ["logs:*", "sns:Publish"], Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName: "failing", PolicyName: "p", PolicyDocument }));
  const code = 'exports.handler = async () => { throw new Error("never") }';
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "failing",
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Role: Role?.Arn,
      DeadLetterConfig: { TargetArn: topic },
      Code: { ZipFile: zipSync({ "index.js": Buffer.from(code) }) },
    }),
  );
  await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: "failing", MaximumRetryAttempts: 0 }));
  await lambda.send(
    new InvokeCommand({ FunctionName: "failing", InvocationType: "Event", Payload: Buffer.from('{"n":1}') }),
  );
  await cloud.settle();
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
  expect(Messages.map((message) => JSON.parse(message.Body ?? "") as unknown)).toMatchObject([
    {
      Message: '{"n":1}',
      MessageAttributes: {
        RequestID: { Type: "String" },
        ErrorCode: { Type: "Number", Value: "200" },
        ErrorMessage: { Type: "String", Value: "never" },
      },
    },
  ]);
});
