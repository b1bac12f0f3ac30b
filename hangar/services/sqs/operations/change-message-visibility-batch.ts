// Changes the visibility of up to ten messages. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html

import type { ChangeMessageVisibilityBatchInput, ChangeMessageVisibilityBatchOutput } from "../../../models/sqs.d.ts";
import { checkBatch, eachEntry } from "../rules/batch.ts";
import { operation, queueAt } from "../store.ts";
import { changeVisibility } from "./change-message-visibility.ts";

export const changeMessageVisibilityBatch = operation<
  ChangeMessageVisibilityBatchInput,
  ChangeMessageVisibilityBatchOutput
>((input, context) => {
  const at = queueAt(context, input.QueueUrl);
  checkBatch(input.Entries, "ChangeMessageVisibilityBatchRequestEntry");
  return eachEntry(input.Entries, (entry) => {
    changeVisibility(context, at, entry.ReceiptHandle, entry.VisibilityTimeout ?? 0);
    return {};
  });
});
