// Topics in CloudFormation: told of a stack's events, and asked for custom resources.

import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, expect, test } from "vitest";
import { create, outputsOf, parameter, remove, settled, startStackCloud, type StackCloud } from "./test-cloud.ts";

let at: StackCloud;
let sqs: SQSClient;
let TopicArn: string;
let QueueUrl: string;

beforeAll(async () => {
  at = await startStackCloud();
  sqs = new SQSClient(at.cloud.clientConfig());
  const sns = new SNSClient(at.cloud.clientConfig());
  TopicArn = (await sns.send(new CreateTopicCommand({ Name: "events" }))).TopicArn ?? "";
  QueueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: "inbox" }))).QueueUrl ?? "";
  const allow = {
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: "*",
  };
  await sqs.send(
    new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify({ Statement: [allow] }) } }),
  );
  const Attributes = { RawMessageDelivery: "true" };
  const Endpoint = "arn:aws:sqs:us-east-1:000000000000:inbox";
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint, Attributes }));
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

async function received(): Promise<string[]> {
  await at.cloud.settle();
  const out: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return out;
    out.push(...Messages.map((message) => message.Body ?? ""));
  }
}

test("the topics of NotificationARNs are told of every event, a line a field", async () => {
  const stack = await create(
    at,
    "notifies",
    { Resources: { P: parameter("/notifies") } },
    { NotificationARNs: [TopicArn] },
  );
  const messages = await received();
  const facts = messages.map(
    (text) =>
      Object.fromEntries([...text.matchAll(/^(\w+)='(.*)'$/gm)].map((found) => [found[1], found[2]])) as Record<
        string,
        string
      >,
  );
  expect(facts.map((fact) => [fact["LogicalResourceId"], fact["ResourceStatus"]])).toEqual([
    ["notifies", "CREATE_IN_PROGRESS"],
    ["P", "CREATE_IN_PROGRESS"],
    ["P", "CREATE_IN_PROGRESS"],
    ["P", "CREATE_COMPLETE"],
    ["notifies", "CREATE_COMPLETE"],
  ]);
  expect(facts[3]).toMatchObject({
    StackId: stack.StackId,
    StackName: "notifies",
    Namespace: "000000000000",
    PhysicalResourceId: "/notifies",
    ResourceType: "AWS::SSM::Parameter",
  });
  await remove(at, "notifies");
  expect((await received()).length).toBe(4);
});

test("a custom resource behind a topic is asked for there, and is complete once somebody answers", async () => {
  const Thing = { Type: "Custom::Asked", Properties: { ServiceToken: TopicArn, Word: "please" } };
  const TemplateBody = JSON.stringify({
    Resources: { Thing },
    Outputs: { Said: { Value: { "Fn::GetAtt": ["Thing", "Said"] } } },
  });
  await at.cfn.send(new CreateStackCommand({ StackName: "asks", TemplateBody }));
  const [request] = (await received()).map((text) => JSON.parse(text) as Record<string, unknown>);
  expect(request).toMatchObject({
    RequestType: "Create",
    LogicalResourceId: "Thing",
    ResourceProperties: { Word: "please" },
  });
  const { StackId, RequestId, LogicalResourceId } = request ?? {};
  const body = JSON.stringify({
    Status: "SUCCESS",
    PhysicalResourceId: "asked",
    StackId,
    RequestId,
    LogicalResourceId,
    Data: { Said: "yes" },
  });
  const answered = await answer(String(request?.["ResponseURL"]), body);
  expect(answered).toBe(200);
  expect(outputsOf(await settled(at, "asks"))).toEqual({ Said: "yes" });
});

/** PUTs to a response URL through the cloud's own front door: this cloud does not listen. */
async function answer(url: string, body: string): Promise<number> {
  const { hostname, pathname, protocol, port } = new URL(url);
  const { response } = await at.cloud.clientConfig().requestHandler.handle({
    method: "PUT",
    protocol,
    hostname,
    ...(port === "" ? {} : { port: Number(port) }),
    path: pathname,
    query: {},
    headers: { host: hostname },
    body,
  } as never);
  return response.statusCode;
}
