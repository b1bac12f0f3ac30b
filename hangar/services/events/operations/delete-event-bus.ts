// Removes a bus with its rules. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteEventBus.html

import type { DeleteEventBusInput, DeleteEventBusOutput } from "../../../models/events.d.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { invalid } from "../errors.ts";
import { busAt, DEFAULT_BUS, operation } from "../store.ts";

export const deleteEventBus = operation<DeleteEventBusInput, DeleteEventBusOutput>(({ Name: name }, context) => {
  if (name === DEFAULT_BUS) throw invalid("Cannot delete event bus default.");
  const bus = busAt(context, name);
  if (context.store.rules.first({ prefix: compositeKey(bus.name, "") }) !== undefined) {
    throw invalid(`Event bus ${bus.name} cannot be deleted since it has rules.`);
  }
  context.store.buses.delete(bus.name);
  return {};
});
