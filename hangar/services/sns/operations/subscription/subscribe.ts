// Subscribes an endpoint to a topic; those that are not AWS's own must confirm. https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html

import { parseArn } from "../../../../kernel/arn.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { SubscribeInput, SubscribeOutput } from "../../../../models/sns.d.ts";
import { invalidParameter } from "../../errors.ts";
import { changedAttributes, sameAttributes } from "../../rules/subscription-attributes.ts";
import { checkEndpoint } from "../../rules/subscription-endpoint.ts";
import {
  endpointKey,
  operation,
  subscriptionKey,
  topicAt,
  type Place,
  type SnsContext,
  type Subscription,
} from "../../store.ts";
import { forgetLater } from "../../workers/forget-unconfirmed.ts";
import type { Confirmation } from "../../workers/confirm.ts";

const PENDING = "pending confirmation";

export const subscribe = operation<SubscribeInput, SubscribeOutput>((input, context) => {
  const place = topicAt(context, input.TopicArn);
  const { topic, store } = place;
  const { Protocol: protocol, Attributes: given = {} } = input;
  const endpoint = checkEndpoint(protocol, input.Endpoint, topic.fifo);
  if (protocol === "firehose") checkFirehose(context, endpoint, given);
  const attributes = changedAttributes({}, given, { topic, protocol, prefix: "Attributes Reason: " });
  const known = store.subscribed.get(endpointKey({ protocol, endpoint, topic: topic.name }));
  const present = known === undefined ? undefined : store.subscriptions.get(known);
  if (present !== undefined && !sameAttributes(present.attributes, given))
    throw invalidParameter("Attributes Reason: Subscription already exists with different attributes");
  const subscription = present ?? create(context, place, { protocol, endpoint, attributes });
  if (subscription.pending) askFor(context, place, subscription);
  return {
    SubscriptionArn: subscription.pending && input.ReturnSubscriptionArn !== true ? PENDING : subscription.arn,
  };
});

function checkFirehose(context: SnsContext, endpoint: string, given: Readonly<Record<string, string>>): void {
  if (given["SubscriptionRoleArn"] === undefined)
    throw invalidParameter("Attributes Reason: SubscriptionRoleArn: no value for required parameter");
  if (!context.ports.targets.accepts(endpoint)) throw notEmulated("SNS deliveries to Firehose");
}

type Wanted = Pick<Subscription, "protocol" | "endpoint" | "attributes">;

function create(context: SnsContext, { topic, store }: Place, wanted: Wanted): Subscription {
  const { caller, ids } = context;
  const id = ids.uuid();
  const owner = caller.kind === "anonymous" || caller.kind === "service" ? context.account : caller.account;
  const pending = mustConfirm(wanted.protocol, wanted.endpoint, owner);
  const subscription: Subscription = {
    id,
    arn: `${topic.arn}:${id}`,
    topic: topic.name,
    topicArn: topic.arn,
    owner,
    principal: caller.roleArn ?? caller.arn,
    pending,
    authenticated: !pending,
    token: ids.hex(288),
    ...wanted,
  };
  const key = subscriptionKey(subscription);
  store.subscriptions.put(key, subscription);
  store.subscribed.put(endpointKey(subscription), key);
  if (pending) forgetLater(context, { account: topic.account, subscription: key });
  return subscription;
}

/** Queues and functions of the subscriber's own account, phones and apps need not. */
function mustConfirm(protocol: string, endpoint: string, owner: string): boolean {
  if (protocol === "sqs" || protocol === "lambda") return parseArn(endpoint)?.account !== owner;
  return protocol.startsWith("http") || protocol.startsWith("email");
}

function askFor({ scheduler, ids, clock }: SnsContext, { topic }: Place, subscription: Subscription): void {
  const confirmation: Confirmation = {
    type: "SubscriptionConfirmation",
    subscription,
    account: topic.account,
    id: ids.uuid(),
    at: clock.now(),
    attempt: 0,
  };
  scheduler.later("sns.confirm", confirmation);
}
