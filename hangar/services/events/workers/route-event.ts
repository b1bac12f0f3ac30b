// An event on a bus: every enabled rule that fits sends it to its targets, each as work of its own.

import { flatten, matches, storedPattern, type FlatEvent } from "../../../kernel/event-pattern/pattern.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { inputOf } from "../rules/target-input.ts";
import { targetsOf, type EventsContext, type Rule } from "../store.ts";
import type { Delivery } from "./deliver-event.ts";

export function route(context: EventsContext, bus: string, event: string): void {
  let flat: FlatEvent | undefined;
  for (const rule of context.store.rules.rows({ prefix: compositeKey(bus, "") })) {
    if (rule.state === "DISABLED" || rule.pattern === undefined) continue;
    flat ??= flatten(JSON.parse(event));
    if (matches(storedPattern(rule.pattern), flat)) send(context, rule, event);
  }
}

/** Puts a delivery to each of a rule's targets in line. */
export function send(context: EventsContext, rule: Rule, event: string): void {
  const now = context.clock.now();
  for (const target of targetsOf(context.store, rule)) {
    const input = inputOf(target, event, { arn: rule.arn, name: rule.name, ingested: now });
    if (input === undefined) continue;
    const delivery: Delivery = { bus: rule.bus, rule: rule.name, target: target.Id, input, attempt: 0, first: now };
    context.scheduler.later("events.deliver", delivery);
  }
}
