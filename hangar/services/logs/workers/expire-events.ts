// Removes events that are older than their group's retention, when the clock gets there.

import { compositeKey } from "../../../kernel/table.ts";
import { firstIdAt } from "../rules/event-id.ts";
import { sizeOf } from "../rules/accepted-events.ts";
import type { LogsContext } from "../store.ts";

const DAY = 86_400_000;

export type ExpireEvents = { readonly group: string };

export function expireEvents({ group: name }: ExpireEvents, context: LogsContext): void {
  const { store, clock } = context;
  store.expiries.delete(name);
  const group = store.groups.get(name);
  if (group?.retentionInDays === undefined) return;
  const to = compositeKey(name, firstIdAt(clock.now() - group.retentionInDays * DAY + 1));
  let freed = 0;
  for (const [key, event] of Array.from(store.events.range({ prefix: compositeKey(name, ""), to }))) {
    store.events.delete(key);
    store.streamEvents.delete(compositeKey(name, event.stream, event.id));
    freed += sizeOf(event);
  }
  if (freed > 0) store.groups.put(name, { ...group, storedBytes: Math.max(0, group.storedBytes - freed) });
  scheduleExpiry(context, name);
}

/** One piece of work a group: at the time its oldest event leaves. */
export function scheduleExpiry({ store, scheduler }: LogsContext, name: string): void {
  const scheduled = store.expiries.delete(name);
  if (scheduled !== undefined) scheduler.cancel(scheduled);
  const days = store.groups.get(name)?.retentionInDays;
  const oldest = store.events.first({ prefix: compositeKey(name, "") })?.[1];
  if (days === undefined || oldest === undefined) return;
  const data: ExpireEvents = { group: name };
  store.expiries.put(name, scheduler.at(oldest.timestamp + days * DAY, "logs.expireEvents", data));
}
