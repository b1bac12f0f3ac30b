// Deletes up to ten messages. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html

import type { DeleteMessageBatchInput, DeleteMessageBatchOutput } from "../../../models/sqs.d.ts";
import { checkBatch, eachEntry } from "../rules/batch.ts";
import { operation, queueAt } from "../store.ts";
import { deleteReceived } from "./delete-message.ts";

export const deleteMessageBatch = operation<DeleteMessageBatchInput, DeleteMessageBatchOutput>((input, context) => {
  const at = queueAt(context, input.QueueUrl);
  checkBatch(input.Entries, "DeleteMessageBatchRequestEntry");
  return eachEntry(input.Entries, (entry) => {
    deleteReceived(context, at, entry.ReceiptHandle);
    return {};
  });
});
