// What the suites of topics share: topics, their attributes, and refusals.

import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  SetTopicAttributesCommand,
  type SNSClient,
} from "@aws-sdk/client-sns";
import { expect } from "vitest";

export const invalid = (message: string): object =>
  expect.objectContaining({ name: "InvalidParameterException", message: `Invalid parameter: ${message}` });

export const gone = expect.objectContaining({ name: "NotFoundException", message: "Topic does not exist" });

export async function create(sns: SNSClient, Name: string, Attributes: Record<string, string> = {}): Promise<string> {
  const fifo = Name.endsWith(".fifo") ? { FifoTopic: "true" } : {};
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name, Attributes: { ...fifo, ...Attributes } }));
  return TopicArn;
}

export const attributesOf = async (sns: SNSClient, TopicArn: string): Promise<Record<string, string>> =>
  (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {};

export const set = (
  sns: SNSClient,
  TopicArn: string,
  AttributeName: string,
  AttributeValue?: string,
): Promise<object> => sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));

export const EFFECTIVE = {
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: "linear",
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
  },
};
