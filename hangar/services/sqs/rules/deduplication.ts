// FIFO deduplication: the same id within five minutes is the same message.

import { hash } from "node:crypto";
import { invalidParameterValue } from "../errors.ts";
import { queueKey, type Deduplication, type Place, type Queue } from "../store.ts";
import { timeKey } from "./message-order.ts";

const FIVE_MINUTES = 300_000;
const FORGET_AT_ONCE = 4;

/** The id that was given, or the body's SHA-256 where the queue says so. */
export function deduplicationIdOf(queue: Queue, given: string | undefined, body: string): string {
  if (given !== undefined) return given;
  if (queue.attributes["ContentBasedDeduplication"] === "true") return hash("sha256", body, "hex");
  throw invalidParameterValue(
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
  );
}

function keyOf(queue: Queue, id: string, groupId: string): string {
  return queueKey(queue, queue.attributes["DeduplicationScope"] === "messageGroup" ? groupId : "", id);
}

export function earlierSend(
  { queue, store }: Place,
  id: string,
  groupId: string,
  now: number,
): Deduplication | undefined {
  const found = store.deduplications.get(keyOf(queue, id, groupId));
  return found !== undefined && now < found.until ? found : undefined;
}

type Sent = {
  readonly deduplicationId: string;
  readonly groupId: string;
  readonly messageId: string;
  readonly sequenceNumber: string;
};

export function rememberSend({ queue, store }: Place, sent: Sent, now: number): void {
  const key = keyOf(queue, sent.deduplicationId, sent.groupId);
  const until = now + FIVE_MINUTES;
  store.deduplications.put(key, { messageId: sent.messageId, sequenceNumber: sent.sequenceNumber, until });
  store.deduplicationEnds.put(queueKey(queue, timeKey(until), key), key);
  const ended: [string, string][] = [];
  for (const entry of store.deduplicationEnds.range({
    prefix: queueKey(queue, ""),
    to: queueKey(queue, timeKey(now)),
  })) {
    if (ended.push(entry) === FORGET_AT_ONCE) break;
  }
  for (const [end, old] of ended) {
    store.deduplicationEnds.delete(end);
    if ((store.deduplications.get(old)?.until ?? now) < now) store.deduplications.delete(old);
  }
}
