// Which messages a queue gives next, and where they stand meanwhile: standard queues by visibility, FIFO queues by group.

import type { Message, Place, Queue } from "../store.ts";
import { queueKey } from "../store.ts";

export function timeKey(time: number): string {
  return Math.max(0, time).toString().padStart(15, "0");
}

function arrivalKey(arrival: number): string {
  return arrival.toString().padStart(12, "0");
}

function messageKey(queue: Queue, message: Message): string {
  return queueKey(
    queue,
    queue.fifo ? (message.groupId ?? "") : timeKey(message.visibleAt),
    arrivalKey(message.arrival),
  );
}

/** A message that is new to the queue. */
export function place(at: Place, message: Message): void {
  at.store.messages.put(messageKey(at.queue, message), message);
  if (at.queue.fifo && !at.store.groups.has(queueKey(at.queue, message.groupId ?? "")))
    placeGroup(at, message.groupId ?? "", message.visibleAt);
}

export function remove(at: Place, message: Message): void {
  at.store.messages.delete(messageKey(at.queue, message));
  at.store.received.delete(queueKey(at.queue, arrivalKey(message.arrival)));
  if (at.queue.fifo) settleGroup(at, message.groupId ?? "");
}

/** The same message with another visibility or count. */
export function replace(at: Place, message: Message, next: Message): void {
  const key = messageKey(at.queue, next);
  if (!at.queue.fifo) at.store.messages.delete(messageKey(at.queue, message));
  at.store.messages.put(key, next);
  at.store.received.put(queueKey(at.queue, arrivalKey(next.arrival)), key);
  if (at.queue.fifo) settleGroup(at, next.groupId ?? "");
}

/** A message that was received before, by its arrival. */
export function receivedMessage({ queue, store }: Place, arrival: number): Message | undefined {
  const key = store.received.get(queueKey(queue, arrivalKey(arrival)));
  return key === undefined ? undefined : store.messages.get(key);
}

/** Up to `max` messages that may be received now; `skip` holds groups that were looked at. */
export function available(at: Place, now: number, max: number, skip: Set<string>): Message[] {
  return at.queue.fifo ? availableOfGroups(at, now, max, skip) : availableOfQueue(at, now, max);
}

function availableOfQueue({ queue, store }: Place, now: number, max: number): Message[] {
  const found: Message[] = [];
  for (const message of store.messages.rows({ prefix: queueKey(queue, ""), to: queueKey(queue, timeKey(now + 1)) })) {
    found.push(message);
    if (found.length === max) break;
  }
  return found;
}

function availableOfGroups({ queue, store }: Place, now: number, max: number, skip: Set<string>): Message[] {
  const found: Message[] = [];
  for (const group of store.heads.rows({ prefix: queueKey(queue, ""), to: queueKey(queue, timeKey(now + 1)) })) {
    if (skip.has(group)) continue;
    skip.add(group);
    for (const message of store.messages.rows({ prefix: queueKey(queue, group, "") })) {
      if (message.visibleAt > now) break;
      found.push(message);
      if (found.length === max) return found;
    }
  }
  return found;
}

/** When the next message turns visible, if any does later than now. */
export function nextVisible({ queue, store }: Place, now: number): number | undefined {
  const table: { keys(range: object): Iterable<string> } = queue.fifo ? store.heads : store.messages;
  for (const key of table.keys({ prefix: queueKey(queue, ""), from: queueKey(queue, timeKey(now + 1)) })) {
    return Number(key.slice(queue.name.length + 1, queue.name.length + 16));
  }
  return undefined;
}

/** A group is as available as its first message: those behind one in flight wait. */
function settleGroup(at: Place, group: string): void {
  const head = at.store.messages.first({ prefix: queueKey(at.queue, group, "") });
  placeGroup(at, group, head?.[1].visibleAt);
}

function placeGroup({ queue, store }: Place, group: string, availableAt: number | undefined): void {
  const groupKey = queueKey(queue, group);
  const present = store.groups.get(groupKey);
  const next = availableAt === undefined ? undefined : queueKey(queue, timeKey(availableAt), group);
  if (present === next) return;
  if (present !== undefined) store.heads.delete(present);
  if (next === undefined) {
    store.groups.delete(groupKey);
    return;
  }
  store.heads.put(next, group);
  store.groups.put(groupKey, next);
}
