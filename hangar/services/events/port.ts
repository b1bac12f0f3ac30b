// Deliveries to a bus: another bus's event, or a service's own, arrives unchanged.

import { AwsError } from "../../kernel/aws-error.ts";
import type { DeliveryOptions } from "../../ports/targets.ts";
import { putEvents } from "./operations/put-events.ts";
import { busName, type EventsContext } from "./store.ts";

type Event = {
  readonly source?: string;
  readonly "detail-type"?: string;
  readonly detail?: unknown;
  readonly resources?: readonly string[];
  readonly time?: string;
};

/** Runs PutEvents as the deliverer (or as the target's role), so the bus's policy decides. */
export async function deliver(
  arn: string,
  event: string,
  options: DeliveryOptions,
  context: EventsContext,
): Promise<void> {
  const parsed = JSON.parse(event) as Event;
  const entry = {
    EventBusName: busName(arn),
    Source: parsed.source,
    DetailType: parsed["detail-type"],
    Detail: JSON.stringify(parsed.detail ?? {}),
    Resources: parsed.resources,
    Time: parsed.time === undefined ? undefined : new Date(parsed.time),
  };
  const as =
    options.roleArn === undefined
      ? options.as
      : context.ports.access.roleCaller(options.roleArn, options.as.service, "events");
  const { Entries: [result] = [] } = await context.call(putEvents, { Entries: [entry] }, { as });
  if (result?.ErrorCode !== undefined) throw new AwsError(result.ErrorCode, result.ErrorMessage ?? "");
}
