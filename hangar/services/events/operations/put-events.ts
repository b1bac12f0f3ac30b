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
import { busAccount, busName, findBus, operation, type EventsContext } from "../store.ts";
import { route } from "../workers/route-event.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const TOTAL_BYTES = 1024 * 1024;

export const putEvents = operation<PutEventsInput, PutEventsOutput>(async (input, context) => {
  if (input.EndpointId !== undefined) throw notEmulated("EndpointId of PutEvents");
  const size = input.Entries.reduce((total, entry) => total + entrySize(entry), 0);
  if (size > TOTAL_BYTES) throw invalid("Total size of the entries in the request is over the limit.");
  const entries: PutEventsResultEntry[] = [];
  for (const entry of input.Entries) entries.push(await put(entry, context));
  return { FailedEntryCount: entries.filter((entry) => entry.ErrorCode !== undefined).length, Entries: entries };
});

/** An entry for a bus that is not there is accepted and dropped, as on AWS (recorded). */
async function put(entry: PutEventsRequestEntry, context: EventsContext): Promise<PutEventsResultEntry> {
  const whole = forwarded.get(entry);
  const fault = whole === undefined ? entryFault(entry, context.caller.kind === "service") : undefined;
  if (fault !== undefined) return fault;
  const account = busAccount(entry.EventBusName, context);
  if (account !== context.account) return abroad(entry, context, account);
  const id = context.ids.uuid();
  const { region, caller } = context;
  const sender = caller.kind === "service" || caller.kind === "anonymous" ? account : caller.account;
  const bus = findBus(context, busName(entry.EventBusName));
  if (bus !== undefined)
    route(context, bus.name, whole ?? eventOf(entry, { id, account: sender, region, now: context.clock.now() }));
  return { EventId: id };
}

/** Another account's bus is reached in that account, as the same caller. */
async function abroad(
  entry: PutEventsRequestEntry,
  context: EventsContext,
  account: string,
): Promise<PutEventsResultEntry> {
  const { caller: as, region } = context;
  const { Entries: [result = {}] = [] } = await context.call(putEvents, { Entries: [entry] }, { as, account, region });
  return result;
}

const forwarded = new WeakMap<PutEventsRequestEntry, string>();

/** An entry that stands for a whole event from another bus: it arrives as it is, with its id, account and time. */
export function forwardedEntry(entry: PutEventsRequestEntry, event: string): PutEventsRequestEntry {
  forwarded.set(entry, event);
  return entry;
}
