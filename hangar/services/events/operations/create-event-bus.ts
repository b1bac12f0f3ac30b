// Makes a bus for an application's own events. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html

import type { CreateEventBusInput, CreateEventBusOutput } from "../../../models/events.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { busExists, invalid } from "../errors.ts";
import { busArn, findBus, operation, tagsOf } from "../store.ts";

export const createEventBus = operation<CreateEventBusInput, CreateEventBusOutput>((input, context) => {
  const { Name: name } = input;
  if (input.EventSourceName !== undefined)
    throw notEmulated("partner event sources (EventSourceName of CreateEventBus)");
  if (input.LogConfig !== undefined) throw notEmulated("LogConfig of CreateEventBus");
  if (name.includes("/")) throw invalid("Event bus name must not contain '/'.");
  if (findBus(context, name) !== undefined) throw busExists(name);
  const now = context.clock.now();
  const arn = busArn(context, name);
  context.store.buses.put(name, {
    name,
    arn,
    created: now,
    modified: now,
    description: input.Description,
    kmsKeyIdentifier: input.KmsKeyIdentifier,
    deadLetterArn: input.DeadLetterConfig?.Arn,
    tags: tagsOf(input.Tags),
  });
  return {
    EventBusArn: arn,
    Description: input.Description,
    KmsKeyIdentifier: input.KmsKeyIdentifier,
    DeadLetterConfig: input.DeadLetterConfig,
  };
});
