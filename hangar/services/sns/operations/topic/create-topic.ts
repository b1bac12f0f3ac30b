// Makes a topic, or finds the one that is as asked. https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html

import { formatArn } from "../../../../kernel/arn.ts";
import type { CreateTopicInput, CreateTopicOutput } from "../../../../models/sns.d.ts";
import { invalidParameter } from "../../errors.ts";
import { checkTags, tagsOf } from "../../rules/tags.ts";
import { checkTopicAttribute, checkTopicName, defaultPolicy } from "../../rules/topic-attributes.ts";
import { operation, type Topic } from "../../store.ts";

const PREFIX = "Attributes Reason: ";

export const createTopic = operation<CreateTopicInput, CreateTopicOutput>((input, context) => {
  const { account, region, clock, store } = context;
  const { Name: name, Attributes: given = {}, Tags = [] } = input;
  const { FifoTopic, ...attributes } = given;
  const fifo = FifoTopic === "true";
  checkTopicName(name, fifo);
  checkTags(Tags);
  for (const [key, value] of Object.entries(attributes)) checkTopicAttribute(key, value, { fifo, prefix: PREFIX });
  const present = store.topics.get(name);
  if (present !== undefined) {
    checkSame(present, attributes, tagsOf(Tags));
    return { TopicArn: present.arn };
  }
  const arn = formatArn({ service: "sns", region, account, resource: name });
  const topic: Topic = {
    name,
    account,
    region,
    arn,
    fifo,
    created: clock.now(),
    attributes: { Policy: defaultPolicy(arn, account), ...withoutEmpty(attributes) },
    tags: tagsOf(Tags),
    dataProtectionPolicy: input.DataProtectionPolicy,
    unsubscribed: 0,
    sequence: 0,
  };
  store.topics.put(name, topic);
  return { TopicArn: arn };
});

function withoutEmpty(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ""));
}

/** What is asked for must be there; what is not asked for may be. */
function checkSame(
  present: Topic,
  attributes: Readonly<Record<string, string>>,
  tags: Readonly<Record<string, string>>,
): void {
  if (Object.entries(attributes).some(([name, value]) => (present.attributes[name] ?? "") !== value))
    throw invalidParameter("Attributes Reason: Topic already exists with different attributes");
  if (Object.entries(tags).some(([name, value]) => present.tags[name] !== value))
    throw invalidParameter("Tags Reason: Topic already exists with different tags");
}
