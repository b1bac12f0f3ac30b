// The recorded client of SNS, topics and subscriptions as those tests had them, and what their queues got.

import * as sdk from "@aws-sdk/client-sns";
import { newAdministrator, type Credentials } from "../callers.ts";
import { recorder } from "../recorded.ts";
import type { Answer, Session } from "../session.ts";
import { SQS } from "../sqs/session.ts";

let credentials: Credentials;

export const recorded = recorder(
  import.meta.url,
  {
    service: "sns",
    sdk,
    settings: () => ({ credentials }),
    // Digests are of signed bodies, others in each run; `_normalized` is the recorder's own.
    asRecorded: (answer) =>
      JSON.parse(
        JSON.stringify(answer, (name, value: unknown) => (name === "_normalized" ? undefined : value)).replaceAll(
          "<md5-hash>",
          "m-d5-of-body",
        ),
      ) as unknown,
  },
  {
    async prepare(cloud) {
      credentials = await newAdministrator(cloud);
    },
  },
);

export async function newTopic(s: Session, Attributes: object = {}, Name = "recorded"): Promise<{ TopicArn: string }> {
  return (await s.do("CreateTopic", { Name, Attributes })) as unknown as { TopicArn: string };
}

export type Queue = { readonly QueueUrl: string; readonly arn: string };

/** A queue that takes what topics send. */
export async function newQueue(s: Session, QueueName = "recorded"): Promise<Queue> {
  const arn = `arn:aws:sqs:us-east-1:000000000000:${QueueName}`;
  const Principal = { Service: "sns.amazonaws.com" };
  const statement = { Effect: "Allow", Principal, Action: "sqs:SendMessage", Resource: arn };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const FifoQueue = QueueName.endsWith(".fifo") ? { FifoQueue: "true" } : {};
  const { QueueUrl } = await s.with(SQS).do("CreateQueue", { QueueName, Attributes: { Policy, ...FifoQueue } });
  return { QueueUrl: QueueUrl as string, arn };
}

export type Subscribed = Queue & { readonly TopicArn: string; readonly SubscriptionArn: string };

/** A topic with a queue. */
export async function subscribed(s: Session, Attributes: object = {}): Promise<Subscribed> {
  const [{ TopicArn }, queue] = [await newTopic(s), await newQueue(s)];
  return { ...queue, TopicArn, SubscriptionArn: await subscribe(s, TopicArn, queue, Attributes) };
}

export async function subscribe(s: Session, TopicArn: string, { arn }: Queue, Attributes: object = {}) {
  const asked = { TopicArn, Protocol: "sqs", Endpoint: arn, Attributes, ReturnSubscriptionArn: true };
  return (await s.do("Subscribe", asked))["SubscriptionArn"] as string;
}

/** What a queue gets, once nothing is under way. */
async function received(s: Session, { QueueUrl }: Queue, more: object = {}): Promise<Answer> {
  await s.cloud.settle();
  const asked = { QueueUrl, MessageAttributeNames: ["All"], VisibilityTimeout: 0, ...more };
  return s.with(SQS).do("ReceiveMessage", asked);
}

/** As `received`, and compared; the messages are gone then. */
export async function arrives(s: Session, label: string, queue: Queue, more: object = {}): Promise<void> {
  const answer = await received(s, queue, { VisibilityTimeout: 30, ...more });
  s.matches(label, answer);
  for (const { ReceiptHandle } of (answer["Messages"] ?? []) as { readonly ReceiptHandle: string }[])
    await s.with(SQS).do("DeleteMessage", { QueueUrl: queue.QueueUrl, ReceiptHandle });
}

export const text = (StringValue: string, DataType = "String"): object => ({ DataType, StringValue });
export const bytes = (BinaryValue: Uint8Array): object => ({ DataType: "Binary", BinaryValue });
