// Deletes all messages of a queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html

import type { PurgeQueueInput, PurgeQueueOutput } from "../../../models/sqs.d.ts";
import { purgeQueueInProgress } from "../errors.ts";
import { operation, queueAt, queueKey, type Place } from "../store.ts";

const MINUTE = 60_000;

export const purgeQueue = operation<PurgeQueueInput, PurgeQueueOutput>((input, context) => {
  const at = queueAt(context, input.QueueUrl);
  const { queue, store } = at;
  const now = context.clock.now();
  if (queue.purged !== undefined && now < queue.purged + MINUTE) throw purgeQueueInProgress(queue.name);
  emptyQueue(at);
  store.queues.put(queue.name, { ...queue, purged: now });
  return {};
});

export function emptyQueue({ queue, store }: Place): void {
  for (const table of [store.messages, store.received, store.heads, store.groups]) {
    for (const key of Array.from(table.keys({ prefix: queueKey(queue, "") }))) table.delete(key);
  }
}
