// Changes a bus's description, key or dead-letter queue. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateEventBus.html

import type { UpdateEventBusInput, UpdateEventBusOutput } from "../../../models/events.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { busAt, operation } from "../store.ts";

export const updateEventBus = operation<UpdateEventBusInput, UpdateEventBusOutput>((input, context) => {
  if (input.LogConfig !== undefined) throw notEmulated("LogConfig of UpdateEventBus");
  const bus = busAt(context, input.Name);
  const changed = {
    ...bus,
    modified: context.clock.now(),
    description: input.Description,
    kmsKeyIdentifier: input.KmsKeyIdentifier,
    deadLetterArn: input.DeadLetterConfig?.Arn,
  };
  context.store.buses.put(bus.name, changed);
  return {
    Arn: bus.arn,
    Name: bus.name,
    Description: input.Description,
    KmsKeyIdentifier: input.KmsKeyIdentifier,
    DeadLetterConfig: input.DeadLetterConfig,
  };
});
