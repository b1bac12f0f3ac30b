// Tags a queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_TagQueue.html

import type { TagQueueInput, TagQueueOutput } from "../../../models/sqs.d.ts";
import { operation, queueAt } from "../store.ts";

export const tagQueue = operation<TagQueueInput, TagQueueOutput>((input, context) => {
  const { queue, store } = queueAt(context, input.QueueUrl);
  store.queues.put(queue.name, { ...queue, tags: { ...queue.tags, ...input.Tags } });
  return {};
});
