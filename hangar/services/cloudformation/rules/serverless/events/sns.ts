// Messages of a topic, straight to the function or by way of a queue: SNS.

import { resolveParameters } from "../resolve.ts";
import { eventProblem } from "../problems.ts";
import type { Fields } from "../python-order.ts";
import { Resource } from "../resource.ts";
import { expectMap } from "../shape.ts";
import { at, fieldsAt, filled, idIn, textOf } from "../values.ts";
import { permission, type Event, type EventKind, type Target } from "./event.ts";
import { sqs } from "./pull.ts";

const PASSED = ["Region", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"];

export const sns: EventKind = {
  shape: {
    Topic: "string!",
    Region: "string",
    FilterPolicy: "any",
    FilterPolicyScope: "any",
    SqsSubscription: "boolean|map",
    RedrivePolicy: "map",
  },
  expand(event, target) {
    const { properties } = event;
    const queued = at(properties, "SqsSubscription");
    if (!filled(queued))
      return [
        permission(event, target, { principal: "sns.amazonaws.com", sourceArn: properties["Topic"] }),
        subscription(event, target, { protocol: "lambda", endpoint: target.resource.arn() }),
      ];
    return queued === true ? withOwnQueue(event, target) : withQueue(event, target, queued);
  },
};

function subscription(
  { id, properties }: Event,
  { resource }: Target,
  { protocol, endpoint }: { readonly protocol: string; readonly endpoint: unknown },
): Resource {
  return new Resource(
    "AWS::SNS::Subscription",
    id,
    {
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: properties["Topic"],
      ...Object.fromEntries(PASSED.map((name) => [name, at(properties, name)])),
    },
    { attributes: resource.passedOn() },
  );
}

function withOwnQueue(event: Event, target: Target): Resource[] {
  const { resource, expansion } = target;
  const topic = fieldsAt(expansion.resources, idIn(event.properties["Topic"]) ?? "");
  const fifo = resolveParameters(at(fieldsAt(topic, "Properties"), "FifoTopic") ?? false, expansion.parameters);
  const queue = new Resource(
    "AWS::SQS::Queue",
    `${event.id}Queue`,
    { FifoQueue: filled(fifo) ? fifo : undefined },
    { attributes: resource.passedOn() },
  );
  return [
    ...polling(event, target, { arn: queue.arn(), batchSize: undefined }),
    queue,
    queuePolicy(event, target, { id: undefined, arn: queue.arn(), url: queue.ref() }),
    subscription(event, target, { protocol: "sqs", endpoint: queue.arn() }),
  ];
}

function withQueue(event: Event, target: Target, queued: unknown): Resource[] {
  const given = expectMap(queued, { event: event.name }, "SqsSubscription");
  const [arn, url] = [at(given, "QueueArn"), at(given, "QueueUrl")];
  if (!filled(arn) || !filled(url)) throw eventProblem(event.name, "No QueueARN or QueueURL provided.");
  return [
    ...polling(event, target, { arn, batchSize: at(given, "BatchSize") }),
    queuePolicy(event, target, { id: textOf(at(given, "QueuePolicyLogicalId")), arn, url }),
    subscription(event, target, { protocol: "sqs", endpoint: arn }),
  ];
}

function polling(
  event: Event,
  target: Target,
  { arn, batchSize }: { readonly arn: unknown; readonly batchSize: unknown },
): Resource[] {
  const properties: Fields = { Queue: arn, BatchSize: filled(batchSize) ? batchSize : 10, Enabled: true };
  return sqs.expand({ id: `${event.id}EventSourceMapping`, name: event.name, properties }, target, undefined);
}

function queuePolicy(
  { id, properties }: Event,
  { resource }: Target,
  queue: { readonly id: string | undefined; readonly arn: unknown; readonly url: unknown },
): Resource {
  const statement = {
    Action: "sqs:SendMessage",
    Effect: "Allow",
    Principal: "*",
    Resource: queue.arn,
    Condition: { ArnEquals: { "aws:SourceArn": properties["Topic"] } },
  };
  return new Resource(
    "AWS::SQS::QueuePolicy",
    queue.id ?? `${id}QueuePolicy`,
    { PolicyDocument: { Version: "2012-10-17", Statement: [statement] }, Queues: [queue.url] },
    { attributes: resource.passedOn() },
  );
}
