// What the suites of publishing share: topics with a queue that listens, and what arrives there.

import {
  CreateTopicCommand,
  PublishCommand,
  type SNSClient,
  SubscribeCommand,
  type PublishCommandInput,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
  type Message,
} from "@aws-sdk/client-sqs";

export type Listener = { readonly arn: string; readonly url: string };

export async function createQueue(sqs: SQSClient, QueueName: string, open = true): Promise<Listener> {
  const { QueueUrl: url = "" } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const arn = `arn:aws:sqs:us-east-1:000000000000:${QueueName}`;
  const Statement = {
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: arn,
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  if (open) await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
  return { arn, url };
}

export async function topicTo(
  { sns, sqs }: { readonly sns: SNSClient; readonly sqs: SQSClient },
  name: string,
  Attributes: Record<string, string> = {},
): Promise<Listener & { readonly topic: string; readonly subscription: string }> {
  const { TopicArn: topic = "" } = await sns.send(new CreateTopicCommand({ Name: name }));
  const queue = await createQueue(sqs, name);
  const { SubscriptionArn: subscription = "" } = await sns.send(
    new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint: queue.arn, Attributes }),
  );
  return { ...queue, topic, subscription };
}

export async function receive(
  { cloud, sqs }: { readonly cloud: { settle(): Promise<void> }; readonly sqs: SQSClient },
  { url }: { readonly url: string },
): Promise<Message[]> {
  await cloud.settle();
  const asked = {
    QueueUrl: url,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ["All"],
    AttributeNames: ["All" as const],
  };
  return (await sqs.send(new ReceiveMessageCommand(asked))).Messages ?? [];
}

export const publish = (
  sns: SNSClient,
  TopicArn: string,
  Message: string,
  options: Partial<PublishCommandInput> = {},
): Promise<{ MessageId?: string | undefined }> => sns.send(new PublishCommand({ TopicArn, Message, ...options }));
