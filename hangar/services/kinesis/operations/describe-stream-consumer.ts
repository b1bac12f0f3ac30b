// Describes a consumer. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamConsumer.html

import type { DescribeStreamConsumerInput, DescribeStreamConsumerOutput } from "../../../models/kinesis.d.ts";
import { findConsumer } from "../engine/find-stream.ts";
import { showConsumer } from "../rules/descriptions.ts";
import { operation } from "../store.ts";

export const describeStreamConsumer = operation<DescribeStreamConsumerInput, DescribeStreamConsumerOutput>(
  (input, context) => {
    const { consumer } = findConsumer(context, input);
    return { ConsumerDescription: { ...showConsumer(consumer), StreamARN: consumer.streamArn } };
  },
);
