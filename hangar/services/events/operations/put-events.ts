// Puts events on buses; each entry succeeds or fails by itself. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html

import type {
  PutEventsInput,
  PutEventsOutput,
  PutEventsRequestEntry,
  PutEventsResultEntry,
} from "../../../models/events.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { invalid } from "../errors.ts";
import { entryFault, entrySize, eventOf } from "../rules/entry.ts";
import { busName, findBus, operation, type EventsContext } from "../store.ts";
import { route } from "../workers/route-event.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const TOTAL_BYTES = 1024 * 1024;

export const putEvents = operation<PutEventsInput, PutEventsOutput>((input, context) => {
  if (input.EndpointId !== undefined) throw notEmulated("EndpointId of PutEvents");
  const size = input.Entries.reduce((total, entry) => total + entrySize(entry), 0);
  if (size > TOTAL_BYTES) throw invalid("Total size of the entries in the request is over the limit.");
  const entries = input.Entries.map((entry) => put(entry, context));
  return { FailedEntryCount: entries.filter((entry) => entry.ErrorCode !== undefined).length, Entries: entries };
});

/** An entry for a bus that is not there is accepted and dropped, as on AWS (recorded). */
function put(entry: PutEventsRequestEntry, context: EventsContext): PutEventsResultEntry {
  const fault = entryFault(entry, context.caller.kind === "service");
  if (fault !== undefined) return fault;
  const id = context.ids.uuid();
  const { account, region } = context;
  const bus = findBus(context, busName(entry.EventBusName));
  if (bus !== undefined) route(context, bus.name, eventOf(entry, { id, account, region, now: context.clock.now() }));
  return { EventId: id };
}
