// Deliveries to a bus: another bus's event arrives unchanged, what a service has to tell becomes an event's detail.

import { parseArn } from "../../kernel/arn.ts";
import type { PutEventsRequestEntry } from "../../models/events.d.ts";
import type { DeliveryOptions } from "../../ports/targets.ts";
import { entryRefused } from "./errors.ts";
import { forwardedEntry, putEvents } from "./operations/put-events.ts";
import type { EventsContext } from "./store.ts";
import { invokeApi } from "./workers/invoke-api.ts";

type Event = {
  readonly id?: string;
  readonly account?: string;
  readonly region?: string;
  readonly source?: string;
  readonly "detail-type"?: string;
  readonly detail?: unknown;
  readonly resources?: readonly string[];
  readonly time?: string;
};

/** Events go to buses and to APIs outside. */
export function deliver(arn: string, event: string, options: DeliveryOptions, context: EventsContext): Promise<void> {
  return arn.includes(":api-destination/")
    ? invokeApi(context, { arn, event, options })
    : deliverToBus(arn, event, options, context);
}

/** Runs PutEvents as the deliverer (or as the target's role), so the bus's policy decides. */
async function deliverToBus(
  arn: string,
  event: string,
  { as, roleArn, parameters }: DeliveryOptions,
  context: EventsContext,
): Promise<void> {
  const entry =
    parameters?.["Source"] === undefined ? entryOf(arn, event) : { ...parameters, EventBusName: arn, Detail: event };
  const caller =
    roleArn === undefined ? as : context.ports.access.roleCaller(roleArn, as.service, "events", as.sourceArn);
  const { account = context.account, region = context.region } = parseArn(arn) ?? {};
  const { Entries: [result] = [] } = await context.call(
    putEvents,
    { Entries: [entry] },
    { as: caller, account, region },
  );
  if (result?.ErrorCode !== undefined) throw entryRefused(result);
}

/** Text that is no event of its own (a rule's constant input) has no source, and is refused for that. */
function entryOf(arn: string, text: string): PutEventsRequestEntry {
  const event = (JSON.parse(text) ?? {}) as Event;
  const entry: PutEventsRequestEntry = {
    EventBusName: arn,
    Source: event.source,
    DetailType: event["detail-type"],
    Detail: JSON.stringify(event.detail ?? {}),
    Resources: event.resources,
    Time: event.time === undefined ? undefined : new Date(event.time),
  };
  const { id, account, region, time, source } = event;
  const whole = [id, account, region, time, source, event["detail-type"]].every((member) => typeof member === "string");
  return whole ? forwardedEntry(entry, text) : entry;
}
