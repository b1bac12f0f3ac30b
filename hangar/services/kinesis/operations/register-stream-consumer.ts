// Registers a consumer with enhanced fan-out. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html

import { compositeKey } from "../../../kernel/table.ts";
import type { RegisterStreamConsumerInput, RegisterStreamConsumerOutput } from "../../../models/kinesis.d.ts";
import { committed } from "../engine/commitment.ts";
import { findStream } from "../engine/find-stream.ts";
import { limitExceeded, resourceInUse } from "../errors.ts";
import { showConsumer } from "../rules/descriptions.ts";
import { CONSUMERS_OF_A_STREAM, CONSUMERS_WITH_COMMITMENT } from "../rules/limits.ts";
import { withTags } from "../rules/tags.ts";
import { ofStream, operation } from "../store.ts";

export const registerStreamConsumer = operation<RegisterStreamConsumerInput, RegisterStreamConsumerOutput>(
  (input, context) => {
    const { stream, store } = findStream(context, input);
    const name = input.ConsumerName;
    const key = compositeKey(stream.name, name);
    if (store.consumers.has(key))
      throw resourceInUse(`Consumer ${name} under stream ${stream.name} already exists for account ${stream.account}.`);
    const most = committed(context) ? CONSUMERS_WITH_COMMITMENT : CONSUMERS_OF_A_STREAM;
    if ([...store.consumers.keys({ prefix: ofStream(stream.name) })].length >= most)
      throw limitExceeded(
        `Stream ${stream.name} under account ${stream.account} has reached the limit of ${most} registered consumers.`,
      );
    const created = context.clock.now();
    const arn = `${stream.arn}/consumer/${name}:${Math.floor(created / 1000)}`;
    const tags = withTags({}, input.Tags ?? {}, arn);
    const consumer = { name, stream: stream.name, streamArn: stream.arn, arn, created, tags };
    store.consumers.put(key, consumer);
    return { Consumer: { ...showConsumer(consumer), ConsumerStatus: "CREATING" } };
  },
);
