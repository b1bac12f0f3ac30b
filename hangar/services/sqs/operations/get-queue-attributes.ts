// Reads a queue's attributes and counts. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html

import type { GetQueueAttributesInput, GetQueueAttributesOutput } from "../../../models/sqs.d.ts";
import { operation, queueAt, queueKey, type Place } from "../store.ts";

export const getQueueAttributes = operation<GetQueueAttributesInput, GetQueueAttributesOutput>((input, context) => {
  const names = input.AttributeNames ?? [];
  const at = queueAt(context, input.QueueUrl);
  if (names.length === 0) return {};
  const counted = names.includes("All") || names.some((name) => name.startsWith("Approximate"));
  const all = { ...attributesOf(at), ...(counted ? countsOf(at, context.clock.now()) : {}) };
  const chosen = names.includes("All")
    ? Object.entries(all).filter(([name]) => name !== "FifoQueue" || at.queue.fifo)
    : Object.entries(all).filter(([name]) => names.includes(name));
  return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
});

export function attributesOf({ queue }: Place): Readonly<Record<string, string>> {
  return {
    ...queue.attributes,
    QueueArn: queue.arn,
    CreatedTimestamp: String(Math.floor(queue.created / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modified / 1000)),
  };
}

function countsOf({ queue, store }: Place, now: number): Readonly<Record<string, string>> {
  const oldest = now - Number(queue.attributes["MessageRetentionPeriod"]) * 1000;
  let visible = 0;
  let hidden = 0;
  let delayed = 0;
  for (const message of store.messages.rows({ prefix: queueKey(queue, "") })) {
    if (message.sent < oldest) continue;
    if (message.visibleAt <= now) visible += 1;
    else if (message.receiveCount > 0) hidden += 1;
    else delayed += 1;
  }
  return {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
}
