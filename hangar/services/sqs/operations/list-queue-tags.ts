// Lists a queue's tags. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueueTags.html

import type { ListQueueTagsInput, ListQueueTagsOutput } from "../../../models/sqs.d.ts";
import { operation, queueAt } from "../store.ts";

export const listQueueTags = operation<ListQueueTagsInput, ListQueueTagsOutput>((input, context) => {
  const { tags } = queueAt(context, input.QueueUrl).queue;
  return Object.keys(tags).length === 0 ? {} : { Tags: tags };
});
