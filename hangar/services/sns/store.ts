// The tables of SNS: topics, who listens to them, what waits for delivery in order, and the phones and apps of mobile push.

import { operationsOn, table, type Context, type Store } from "../../cloud/operation.ts";
import { compositeKey } from "../../kernel/table.ts";
import { invalidParameter, subscriptionDoesNotExist, topicDoesNotExist } from "./errors.ts";
import { splitArn } from "./rules/arn.ts";

export type Tags = Readonly<Record<string, string>>;

export type Topic = {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly created: number;
  /** Settable attributes as they were given, the policy filled in. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Tags;
  readonly dataProtectionPolicy?: string | undefined;
  /** Subscriptions that were taken away. */
  readonly unsubscribed: number;
  /** FIFO: messages so far. */
  readonly sequence: number;
};

export type Subscription = {
  readonly id: string;
  readonly arn: string;
  readonly topic: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly owner: string;
  readonly principal: string;
  readonly pending: boolean;
  /** Unsubscribing takes the owner's signature. */
  readonly authenticated: boolean;
  readonly token: string;
  readonly attributes: Readonly<Record<string, string>>;
};

/** Plain data, for it waits in the scheduler's table; binary values are base64. */
export type MessageAttribute = {
  readonly type: string;
  readonly value: string;
  readonly binary?: true;
};

export type Message = {
  readonly id: string;
  readonly topicArn: string;
  readonly message: string;
  /** MessageStructure `json`: texts by protocol, `default` for the rest. */
  readonly texts?: Readonly<Record<string, string>> | undefined;
  readonly subject?: string | undefined;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly published: number;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly sequenceNumber?: string | undefined;
};

export type Deduplication = { readonly messageId: string; readonly sequenceNumber: string; readonly until: number };

export type Waiting = { readonly message: Message; readonly attempt: number };

export type PlatformApplication = {
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
};

export type PlatformEndpoint = {
  readonly arn: string;
  readonly application: string;
  readonly attributes: Readonly<Record<string, string>>;
};

export type SigningKey = { readonly privateKey: string; readonly certificate: string; readonly name: string };

export type SandboxNumber = { readonly number: string; readonly status: string; readonly password: string };

export const tables = {
  topics: table<Topic>(),
  /** By topic and id. */
  subscriptions: table<Subscription>(),
  /** Protocol, endpoint and topic -> key in `subscriptions`: what makes Subscribe idempotent. */
  subscribed: table<string>(),
  /** FIFO: by topic, scope and deduplication id. */
  deduplications: table<Deduplication>(),
  /** FIFO: by subscription, group and sequence number. */
  outbox: table<Waiting>(),
  applications: table<PlatformApplication>(),
  /** By application's ARN and token. */
  endpoints: table<PlatformEndpoint>(),
  /** ARN -> key in `endpoints`. */
  endpointArns: table<string>(),
  smsAttributes: table<string>(),
  optedOut: table<string>(),
  sandboxNumbers: table<SandboxNumber>(),
  signingKeys: table<SigningKey>(),
};

export type Tables = typeof tables;
export type SnsContext = Context<Tables>;
export type SnsStore = Store<Tables>;

export const operation = operationsOn<Tables>();

/** A topic with the tables it lives in: it may be another account's. */
export type Place = { readonly topic: Topic; readonly store: SnsStore };

export function storeOf(context: SnsContext, account: string): SnsStore {
  return account === context.account ? context.store : context.storeAt(account, context.region);
}

/** Undefined when there is none; an ARN that is none, or of another region or service, is refused. */
export function findTopic(context: SnsContext, arn: string, parameter = "TopicArn"): Place | undefined {
  const { service, region, account, resource } = splitArn(arn, parameter);
  if (service !== "sns" || region !== context.region || resource.includes(":")) throw invalidParameter(parameter);
  const store = storeOf(context, account);
  const topic = store.topics.get(resource);
  return topic === undefined ? undefined : { topic, store };
}

export function topicAt(context: SnsContext, arn: string, parameter = "TopicArn"): Place {
  const found = findTopic(context, arn, parameter);
  if (found === undefined) throw topicDoesNotExist();
  return found;
}

export type SubscriptionPlace = { readonly subscription: Subscription; readonly key: string; readonly store: SnsStore };

export function findSubscription(context: SnsContext, arn: string): SubscriptionPlace | undefined {
  const { service, account, resource } = splitArn(arn, "SubscriptionArn");
  const [topic = "", id, ...rest] = resource.split(":");
  if (service !== "sns" || id === undefined || rest.length > 0) throw invalidParameter("SubscriptionId");
  const store = storeOf(context, account);
  const key = compositeKey(topic, id);
  const subscription = store.subscriptions.get(key);
  return subscription === undefined ? undefined : { subscription, key, store };
}

export function subscriptionAt(context: SnsContext, arn: string): SubscriptionPlace {
  const found = findSubscription(context, arn);
  if (found === undefined) throw subscriptionDoesNotExist();
  return found;
}

export function subscriptionKey({ topic, id }: Pick<Subscription, "topic" | "id">): string {
  return compositeKey(topic, id);
}

export function endpointKey({
  protocol,
  endpoint,
  topic,
}: Pick<Subscription, "protocol" | "endpoint" | "topic">): string {
  return compositeKey(topic, protocol, endpoint);
}

export function subscriptionsOf({ topic, store }: Place): Subscription[] {
  return [...store.subscriptions.rows({ prefix: compositeKey(topic.name, "") })];
}

export function forget({ store, key, subscription }: SubscriptionPlace): void {
  store.subscriptions.delete(key);
  store.subscribed.delete(endpointKey(subscription));
  for (const waiting of Array.from(store.outbox.keys({ prefix: compositeKey(subscription.arn, "") })))
    store.outbox.delete(waiting);
}
