// An event on a bus: every enabled rule that fits sends it to its targets, each as work of its own.

import { flatten, matches, storedPattern, type FlatEvent } from "../../../kernel/event-pattern/pattern.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { inputOf, partitionKeyOf } from "../rules/target-input.ts";
import { archivedKey } from "../rules/archive.ts";
import { targetsOf, type EventsContext, type Rule } from "../store.ts";
import type { Delivery } from "./deliver-event.ts";

/** A replay's events go to the rules it names, or all, and into no archive again. */
export type Replayed = { readonly rules?: readonly string[] | undefined };

export function route(context: EventsContext, bus: string, event: string, replayed?: Replayed): void {
  let flat: FlatEvent | undefined;
  const fits = (pattern: string): boolean => matches(storedPattern(pattern), (flat ??= flatten(JSON.parse(event))));
  if (replayed === undefined) archive(context, { bus, event, fits });
  for (const rule of context.store.rules.rows({ prefix: compositeKey(bus, "") })) {
    if (rule.state === "DISABLED" || rule.pattern === undefined) continue;
    if (replayed?.rules !== undefined && !replayed.rules.includes(rule.arn)) continue;
    if (fits(rule.pattern)) send(context, rule, event);
  }
}

type Arrival = { readonly bus: string; readonly event: string; readonly fits: (pattern: string) => boolean };

function archive({ store, clock, ids }: EventsContext, { bus, event, fits }: Arrival): void {
  if (store.archives.size === 0) return;
  const at = clock.now();
  for (const each of store.archives.rows()) {
    if (each.bus === bus && (each.pattern === undefined || fits(each.pattern)))
      store.archived.put(archivedKey(each.name, at, `${orderMark(store.archived.size)}.${ids.hex(8)}`), { at, event });
  }
}

/** Keeps events of one instant in their order. */
function orderMark(size: number): string {
  return String(size).padStart(12, "0");
}

/** Puts a delivery to each of a rule's targets in line. */
export function send(context: EventsContext, rule: Rule, event: string): void {
  const now = context.clock.now();
  for (const target of targetsOf(context.store, rule)) {
    const input = inputOf(target, event, { arn: rule.arn, name: rule.name, ingested: now });
    if (input === undefined) continue;
    const partitionKey = partitionKeyOf(target, event);
    const delivery: Delivery = {
      bus: rule.bus,
      rule: rule.name,
      target: target.Id,
      input,
      attempt: 0,
      first: now,
      ...(partitionKey === undefined ? {} : { partitionKey }),
    };
    context.scheduler.later("events.deliver", delivery);
  }
}
