// AWS::SNS::Topic: made, changed and deleted through the operations of SNS.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type {
  CreateTopicOutput,
  GetDataProtectionPolicyOutput,
  GetTopicAttributesOutput,
  ListSubscriptionsByTopicOutput,
  ListTagsForResourceOutput,
  Tag,
} from "../../../models/sns.d.ts";
import { loggingAttributes, loggingOf, type Logging } from "../rules/delivery-logging.ts";

const ATTRIBUTES = [
  "ContentBasedDeduplication",
  "DisplayName",
  "FifoThroughputScope",
  "KmsMasterKeyId",
  "SignatureVersion",
  "TracingConfig",
];
/** What an attribute goes back to when a template no longer has it. */
const UNSET: Readonly<Record<string, string>> = {
  ContentBasedDeduplication: "false",
  FifoThroughputScope: "Topic",
  SignatureVersion: "1",
  TracingConfig: "PassThrough",
};

type Listener = { readonly Protocol: string; readonly Endpoint: string };

export const topic: ResourceType = {
  type: "AWS::SNS::Topic",
  properties: [
    ...ATTRIBUTES.filter((name) => name !== "TracingConfig"),
    "DeliveryStatusLogging",
    "FifoTopic",
    "Subscription",
    "Tags",
    "TopicName",
  ],
  inert: {
    DataProtectionPolicy: "stored and shown; no data is looked for in messages",
    TracingConfig: "stored and shown; no traces are sent to X-Ray",
  },
  async create(properties, context) {
    const fifo = isTrue(properties["FifoTopic"]);
    const Name =
      (properties["TopicName"] as string | undefined) ?? context.physicalName(256, fifo ? { suffix: ".fifo" } : {});
    const { TopicArn = "" } = (await context.call("sns", "CreateTopic", {
      Name,
      Attributes: { ...attributesOf(properties), ...(fifo ? { FifoTopic: "true" } : {}) },
      Tags: tagsOf(properties, context),
    })) as CreateTopicOutput;
    await setProtection(TopicArn, properties, context);
    for (const listener of listenersOf(properties)) await subscribe(TopicArn, listener, context);
    return stateOf(TopicArn);
  },
  async update(state, properties, previous, context) {
    const wanted = attributesOf(properties);
    const before = attributesOf(previous);
    for (const AttributeName of new Set([...Object.keys(before), ...Object.keys(wanted)])) {
      const AttributeValue = wanted[AttributeName] ?? UNSET[AttributeName] ?? "";
      if (wanted[AttributeName] !== before[AttributeName])
        await context.call("sns", "SetTopicAttributes", { TopicArn: state.id, AttributeName, AttributeValue });
    }
    if (properties["DataProtectionPolicy"] !== undefined || previous["DataProtectionPolicy"] !== undefined)
      await setProtection(state.id, { DataProtectionPolicy: "", ...properties }, context);
    await setListeners(state.id, { wanted: listenersOf(properties), before: listenersOf(previous) }, context);
    await setTags(state.id, tagsOf(properties, context), context);
    return state;
  },
  async delete(state, _properties, context) {
    await context.call("sns", "DeleteTopic", { TopicArn: state.id });
  },
  read: (id, context) => unlessGone(read(id, context), "NotFound"),
};

async function read(id: string, context: ResourceContext): Promise<Properties> {
  const named = { TopicArn: id };
  const { Attributes = {} } = (await context.call("sns", "GetTopicAttributes", named)) as GetTopicAttributesOutput;
  const { Tags = [] } = (await context.call("sns", "ListTagsForResource", {
    ResourceArn: id,
  })) as ListTagsForResourceOutput;
  const { DataProtectionPolicy: policy } = (await context.call("sns", "GetDataProtectionPolicy", {
    ResourceArn: id,
  })) as GetDataProtectionPolicyOutput;
  const listeners = (await context.call("sns", "ListSubscriptionsByTopic", named)) as ListSubscriptionsByTopicOutput;
  const logging = loggingOf(Attributes);
  return {
    TopicArn: id,
    TopicName: stateOf(id).attributes["TopicName"],
    ...shownOf(Attributes),
    ...(Tags.length === 0 ? {} : { Tags }),
    ...(policy === undefined ? {} : { DataProtectionPolicy: JSON.parse(policy) as object }),
    ...(logging.length === 0 ? {} : { DeliveryStatusLogging: logging }),
    Subscription: (listeners.Subscriptions ?? []).map(({ Protocol, Endpoint }) => ({ Protocol, Endpoint })),
  };
}

function shownOf(attributes: Readonly<Record<string, string>>): Properties {
  const known = [...ATTRIBUTES, "FifoTopic"].filter((name) => attributes[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, scalar(attributes[name] ?? "")]));
}

function scalar(text: string): string | boolean {
  return text === "true" || text === "false" ? text === "true" : text;
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

function stateOf(arn: string): ResourceState {
  return { id: arn, attributes: { TopicArn: arn, TopicName: arn.slice(arn.lastIndexOf(":") + 1) } };
}

function attributesOf(properties: Properties): Readonly<Record<string, string>> {
  const set = ATTRIBUTES.filter((name) => properties[name] !== undefined);
  return {
    ...Object.fromEntries(set.map((name) => [name, String(properties[name])])),
    ...loggingAttributes((properties["DeliveryStatusLogging"] ?? []) as readonly Logging[]),
  };
}

async function setProtection(ResourceArn: string, properties: Properties, context: ResourceContext): Promise<void> {
  const policy = properties["DataProtectionPolicy"];
  if (policy === undefined) return;
  const DataProtectionPolicy = typeof policy === "string" ? policy : JSON.stringify(policy);
  await context.call("sns", "PutDataProtectionPolicy", { ResourceArn, DataProtectionPolicy });
}

function listenersOf(properties: Properties): readonly Listener[] {
  return (properties["Subscription"] ?? []) as readonly Listener[];
}

async function subscribe(TopicArn: string, { Protocol, Endpoint }: Listener, context: ResourceContext): Promise<void> {
  await context.call("sns", "Subscribe", { TopicArn, Protocol, Endpoint });
}

type Listeners = { readonly wanted: readonly Listener[]; readonly before: readonly Listener[] };

async function setListeners(TopicArn: string, { wanted, before }: Listeners, context: ResourceContext): Promise<void> {
  const same = (one: Listener, other: { Protocol?: string | undefined; Endpoint?: string | undefined }): boolean =>
    one.Protocol === other.Protocol && one.Endpoint === other.Endpoint;
  const gone = before.filter((listener) => !wanted.some((each) => same(each, listener)));
  if (gone.length > 0) {
    const { Subscriptions = [] } = (await context.call("sns", "ListSubscriptionsByTopic", {
      TopicArn,
    })) as ListSubscriptionsByTopicOutput;
    for (const { SubscriptionArn, ...present } of Subscriptions) {
      // One that was never confirmed has no name to unsubscribe by.
      if (SubscriptionArn !== "PendingConfirmation" && gone.some((listener) => same(listener, present)))
        await context.call("sns", "Unsubscribe", { SubscriptionArn });
    }
  }
  for (const listener of wanted.filter((each) => !before.some((other) => same(each, other))))
    await subscribe(TopicArn, listener, context);
}

function tagsOf(properties: Properties, context: ResourceContext): readonly Tag[] {
  const own = (properties["Tags"] ?? []) as readonly Tag[];
  const all = new Map([...context.tags, ...own].map((tag) => [tag.Key, tag.Value]));
  return [...all].map(([Key, Value]) => ({ Key, Value }));
}

async function setTags(ResourceArn: string, wanted: readonly Tag[], context: ResourceContext): Promise<void> {
  const { Tags = [] } = (await context.call("sns", "ListTagsForResource", {
    ResourceArn,
  })) as ListTagsForResourceOutput;
  const TagKeys = Tags.map((tag) => tag.Key).filter((key) => !wanted.some((tag) => tag.Key === key));
  if (TagKeys.length > 0) await context.call("sns", "UntagResource", { ResourceArn, TagKeys });
  if (wanted.length > 0) await context.call("sns", "TagResource", { ResourceArn, Tags: wanted });
}
