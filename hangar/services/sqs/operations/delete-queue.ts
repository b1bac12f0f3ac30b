// Deletes a queue and its messages. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html

import type { DeleteQueueInput, DeleteQueueOutput } from "../../../models/sqs.d.ts";
import { operation, queueAt, queueKey, topicOf } from "../store.ts";
import { emptyQueue } from "./purge-queue.ts";

export const deleteQueue = operation<DeleteQueueInput, DeleteQueueOutput>((input, context) => {
  const at = queueAt(context, input.QueueUrl);
  const { queue, store } = at;
  emptyQueue(at);
  for (const table of [store.deduplications, store.deduplicationEnds, store.moveTasks]) {
    for (const key of Array.from(table.keys({ prefix: queueKey(queue, "") }))) table.delete(key);
  }
  store.arrivals.delete(queue.name);
  store.queues.delete(queue.name);
  // Those who wait learn that it is gone.
  context.scheduler.wake(topicOf(queue));
  return {};
});
