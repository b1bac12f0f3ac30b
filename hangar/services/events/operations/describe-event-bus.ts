// Shows a bus with its policy. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html

import type { DescribeEventBusInput, DescribeEventBusOutput } from "../../../models/events.d.ts";
import { busAt, operation } from "../store.ts";

export const describeEventBus = operation<DescribeEventBusInput, DescribeEventBusOutput>((input, context) => {
  const bus = busAt(context, input.Name);
  return {
    Name: bus.name,
    Arn: bus.arn,
    Description: bus.description,
    KmsKeyIdentifier: bus.kmsKeyIdentifier,
    DeadLetterConfig: bus.deadLetterArn === undefined ? undefined : { Arn: bus.deadLetterArn },
    Policy: bus.policy,
    CreationTime: new Date(bus.created),
    LastModifiedTime: new Date(bus.modified),
  };
});
