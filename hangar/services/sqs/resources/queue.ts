// The CloudFormation type AWS::SQS::Queue.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { CreateQueueOutput, GetQueueAttributesOutput, ListQueueTagsOutput } from "../../../models/sqs.d.ts";

type Tag = { readonly Key: string; readonly Value: string };

const ATTRIBUTES = [
  "VisibilityTimeout",
  "DelaySeconds",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
  "RedrivePolicy",
  "RedriveAllowPolicy",
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "FifoThroughputLimit",
  "KmsMasterKeyId",
  "KmsDataKeyReusePeriodSeconds",
  "SqsManagedSseEnabled",
];
const DOCUMENTS = new Set(["RedrivePolicy", "RedriveAllowPolicy"]);
const ENCRYPTION = "stored and shown; messages live in this process only and are not encrypted";
const INERT = {
  KmsMasterKeyId: ENCRYPTION,
  KmsDataKeyReusePeriodSeconds: ENCRYPTION,
  SqsManagedSseEnabled: ENCRYPTION,
};
/** What an attribute goes back to when a template no longer has it. */
const UNSET: Readonly<Record<string, string>> = {
  VisibilityTimeout: "30",
  DelaySeconds: "0",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  RedrivePolicy: "",
  RedriveAllowPolicy: "",
  ContentBasedDeduplication: "false",
  DeduplicationScope: "queue",
  FifoThroughputLimit: "perQueue",
  KmsMasterKeyId: "",
};

export const queue: ResourceType = {
  type: "AWS::SQS::Queue",
  properties: ["QueueName", "FifoQueue", "Tags", ...ATTRIBUTES.filter((name) => !(name in INERT))],
  inert: INERT,
  async create(properties, context) {
    const fifo = isTrue(properties["FifoQueue"]);
    const name =
      (properties["QueueName"] as string | undefined) ?? context.physicalName(80, fifo ? { suffix: ".fifo" } : {});
    const attributes = { ...attributesOf(properties), ...(fifo ? { FifoQueue: "true" } : {}) };
    const { QueueUrl } = (await context.call("sqs", "CreateQueue", {
      QueueName: name,
      Attributes: attributes,
      tags: tagsOf(properties, context),
    })) as CreateQueueOutput;
    return stateOf(QueueUrl ?? "", name, context);
  },
  async update(state, properties, previous, context) {
    const attributes: Record<string, string> = {};
    const wanted = attributesOf(properties);
    for (const name of Object.keys(attributesOf(previous)))
      if (UNSET[name] !== undefined) attributes[name] = UNSET[name];
    Object.assign(attributes, wanted);
    if (Object.keys(attributes).length > 0)
      await context.call("sqs", "SetQueueAttributes", { QueueUrl: state.id, Attributes: attributes });
    await setTags(state.id, tagsOf(properties, context), context);
    return state;
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("sqs", "DeleteQueue", { QueueUrl: state.id }), "QueueDoesNotExist");
  },
  async read(id, context) {
    const asked = context.call("sqs", "GetQueueAttributes", { QueueUrl: id, AttributeNames: ["All"] });
    const found = (await unlessGone(asked, "QueueDoesNotExist")) as GetQueueAttributesOutput | undefined;
    if (found === undefined) return undefined;
    const { Tags = {} } = (await context.call("sqs", "ListQueueTags", { QueueUrl: id })) as ListQueueTagsOutput;
    return {
      ...propertiesOf(found.Attributes ?? {}),
      QueueUrl: id,
      Tags: Object.entries(Tags).map(([Key, Value]) => ({ Key, Value })),
    };
  },
};

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

function stateOf(url: string, name: string, { region, account }: ResourceContext): ResourceState {
  return { id: url, attributes: { Arn: `arn:aws:sqs:${region}:${account}:${name}`, QueueName: name, QueueUrl: url } };
}

function attributesOf(properties: Properties): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of ATTRIBUTES) {
    const value = properties[name];
    if (value === undefined) continue;
    found[name] = typeof value === "object" ? JSON.stringify(value) : String(value as string | number | boolean);
  }
  return found;
}

function propertiesOf(attributes: Readonly<Record<string, string>>): Properties {
  const known = Object.entries(attributes).filter(([name]) => ATTRIBUTES.includes(name) || name === "FifoQueue");
  const arn = attributes["QueueArn"] ?? "";
  return {
    QueueName: arn.split(":").at(-1),
    Arn: arn,
    ...Object.fromEntries(
      known.map(([name, value]) => [name, DOCUMENTS.has(name) ? (JSON.parse(value) as object) : scalar(value)]),
    ),
  };
}

function scalar(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^\d+$/.test(text) ? Number(text) : text;
}

function tagsOf(properties: Properties, context: ResourceContext): Readonly<Record<string, string>> {
  const own = (properties["Tags"] as readonly Tag[] | undefined) ?? [];
  return Object.fromEntries([...context.tags, ...own].map((tag) => [tag.Key, tag.Value]));
}

async function setTags(
  QueueUrl: string,
  wanted: Readonly<Record<string, string>>,
  context: ResourceContext,
): Promise<void> {
  const { Tags = {} } = (await context.call("sqs", "ListQueueTags", { QueueUrl })) as ListQueueTagsOutput;
  const gone = Object.keys(Tags).filter((key) => !Object.hasOwn(wanted, key));
  if (gone.length > 0) await context.call("sqs", "UntagQueue", { QueueUrl, TagKeys: gone });
  if (Object.keys(wanted).length > 0) await context.call("sqs", "TagQueue", { QueueUrl, Tags: wanted });
}
