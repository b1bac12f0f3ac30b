// Removes tags of a queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_UntagQueue.html

import type { UntagQueueInput, UntagQueueOutput } from "../../../models/sqs.d.ts";
import { operation, queueAt } from "../store.ts";

export const untagQueue = operation<UntagQueueInput, UntagQueueOutput>((input, context) => {
  const { queue, store } = queueAt(context, input.QueueUrl);
  const kept = Object.entries(queue.tags).filter(([key]) => !input.TagKeys.includes(key));
  store.queues.put(queue.name, { ...queue, tags: Object.fromEntries(kept) });
  return {};
});
