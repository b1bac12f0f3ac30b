// What the suites of SQS share: queues, and messages sent to them and received.

import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
  type Message,
  type ReceiveMessageCommandInput,
} from "@aws-sdk/client-sqs";
import { expect } from "vitest";

export const failure = (message: string, name?: string): object =>
  expect.objectContaining(name === undefined ? { message } : { message, name });

export async function create(
  sqs: SQSClient,
  QueueName: string,
  Attributes: Record<string, string> = {},
): Promise<string> {
  const { QueueUrl = "" } = await sqs.send(
    new CreateQueueCommand({
      QueueName,
      Attributes: QueueName.endsWith(".fifo") ? { FifoQueue: "true", ...Attributes } : Attributes,
    }),
  );
  return QueueUrl;
}

export async function receive(
  sqs: SQSClient,
  QueueUrl: string,
  options: Partial<ReceiveMessageCommandInput> = {},
): Promise<Message[]> {
  return (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...options }))).Messages ?? [];
}

export const bodies = async (
  sqs: SQSClient,
  url: string,
  options: Partial<ReceiveMessageCommandInput> = {},
): Promise<unknown[]> => (await receive(sqs, url, options)).map((message) => message.Body);

export const send = (
  sqs: SQSClient,
  QueueUrl: string,
  MessageBody: string,
  options: object = {},
): Promise<{ MessageId?: string | undefined; SequenceNumber?: string | undefined }> =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...options }));

export const attributesOf = async (
  sqs: SQSClient,
  QueueUrl: string,
  name = "All",
): Promise<Record<string, string> | undefined> =>
  (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name as "All"] }))).Attributes;

export const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
