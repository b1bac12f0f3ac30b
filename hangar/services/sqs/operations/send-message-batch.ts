// Delivers up to ten messages to a queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html

import type {
  SendMessageBatchInput,
  SendMessageBatchOutput,
  SendMessageBatchResultEntry,
} from "../../../models/sqs.d.ts";
import { batchRequestTooLong, invalidParameterValue } from "../errors.ts";
import { checkBatch, eachEntry } from "../rules/batch.ts";
import { deduplicationIdOf } from "../rules/deduplication.ts";
import { checkSending, sizeOf } from "../rules/new-message.ts";
import { operation, queueAt } from "../store.ts";
import { enqueue } from "./send-message.ts";

const LIMIT = 1_048_576;

export const sendMessageBatch = operation<SendMessageBatchInput, SendMessageBatchOutput>((input, context) => {
  const at = queueAt(context, input.QueueUrl);
  checkBatch(input.Entries, "SendMessageBatchRequestEntry");
  const size = input.Entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (size > LIMIT) throw batchRequestTooLong(LIMIT, size);
  if (at.queue.fifo) {
    for (const entry of input.Entries) {
      if (entry.MessageGroupId === undefined)
        throw invalidParameterValue("The request must contain the parameter MessageGroupId.");
      deduplicationIdOf(at.queue, entry.MessageDeduplicationId, entry.MessageBody);
    }
  }
  const limit = Number(at.queue.attributes["MaximumMessageSize"]);
  return eachEntry(input.Entries, (entry) => {
    checkSending(entry, at.queue);
    if (sizeOf(entry) > limit)
      throw invalidParameterValue(
        `One or more parameters cannot be validated. Reason: Message must be shorter than ${limit} bytes.`,
      );
    return enqueue(context, at, entry) as Omit<SendMessageBatchResultEntry, "Id">;
  });
});
