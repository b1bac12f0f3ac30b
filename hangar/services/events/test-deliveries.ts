// What the suites of deliveries share: queues that EventBridge may send to, and rules that do.

import {
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type EventBridgeClient,
  type PutEventsRequestEntry,
  type Target,
} from "@aws-sdk/client-eventbridge";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  type Message,
  type SQSClient,
} from "@aws-sdk/client-sqs";

export type Queue = { readonly arn: string; readonly url: string };

/** Where events arrive: `settle` has them delivered, the client reads them. */
type Listening = { readonly cloud: { settle(): Promise<void> }; readonly sqs: SQSClient };

export const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

export async function createQueue(sqs: SQSClient, QueueName: string, account = "000000000000"): Promise<Queue> {
  const fifo = QueueName.endsWith(".fifo") ? { FifoQueue: "true", ContentBasedDeduplication: "true" } : undefined;
  const { QueueUrl: url = "" } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: fifo }));
  const arn = `arn:aws:sqs:us-east-1:${account}:${QueueName}`;
  const Policy = document({
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: arn,
  });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
  return { arn, url };
}

export async function receive({ cloud, sqs }: Listening, queue: Queue): Promise<Message[]> {
  await cloud.settle();
  const asked = {
    QueueUrl: queue.url,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ["All"],
    AttributeNames: ["All" as const],
  };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(asked));
  for (const { ReceiptHandle } of Messages)
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }));
  return Messages;
}

export const bodies = async (at: Listening, queue: Queue): Promise<Record<string, unknown>[]> =>
  (await receive(at, queue)).map((message) => JSON.parse(message.Body ?? "") as Record<string, unknown>);

export async function rule(
  events: EventBridgeClient,
  name: string,
  pattern: object,
  ...Targets: Target[]
): Promise<string> {
  const { RuleArn = "" } = await events.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify(pattern) }));
  await events.send(new PutTargetsCommand({ Rule: name, Targets }));
  return RuleArn;
}

export const put = (events: EventBridgeClient, ...Entries: PutEventsRequestEntry[]): Promise<object> =>
  events.send(new PutEventsCommand({ Entries }));

export const entry = (Source: string, detail: object = {}): PutEventsRequestEntry => ({
  Source,
  DetailType: "type",
  Detail: JSON.stringify(detail),
});
