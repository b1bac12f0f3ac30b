// Takes a consumer away: its subscriptions end. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeregisterStreamConsumer.html

import { compositeKey } from "../../../kernel/table.ts";
import type { DeregisterStreamConsumerInput, DeregisterStreamConsumerOutput } from "../../../models/kinesis.d.ts";
import { findConsumer } from "../engine/find-stream.ts";
import { operation } from "../store.ts";

export const deregisterStreamConsumer = operation<DeregisterStreamConsumerInput, DeregisterStreamConsumerOutput>(
  (input, context) => {
    const { consumer, store } = findConsumer(context, input);
    store.consumers.delete(compositeKey(consumer.stream, consumer.name));
    const prefix = compositeKey(consumer.stream, consumer.arn, "");
    for (const key of store.subscriptions.keys({ prefix })) store.subscriptions.delete(key);
    context.scheduler.wake(`stream:${consumer.streamArn}`);
    return {};
  },
);
