// Deletes a message that was received. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html

import type { DeleteMessageInput, DeleteMessageOutput } from "../../../models/sqs.d.ts";
import { invalidParameterValue } from "../errors.ts";
import { receivedMessage, remove } from "../rules/message-order.ts";
import { parseReceiptHandle } from "../rules/receipt-handle.ts";
import { operation, queueAt, topicOf, type Place, type SqsContext } from "../store.ts";

export const deleteMessage = operation<DeleteMessageInput, DeleteMessageOutput>((input, context) => {
  deleteReceived(context, queueAt(context, input.QueueUrl), input.ReceiptHandle);
  return {};
});

/** What is gone already is no error; an old receipt of a message that was received again deletes nothing. */
export function deleteReceived({ clock, scheduler }: SqsContext, at: Place, handle: string): void {
  const receipt = parseReceiptHandle(handle, at.queue.name);
  const message = receivedMessage(at, receipt.arrival);
  if (message === undefined) return;
  const expired = message.visibleAt <= clock.now() || message.receiveCount !== receipt.receiveCount;
  if (at.queue.fifo && expired)
    throw invalidParameterValue(
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    );
  if (message.receiveCount !== receipt.receiveCount) return;
  remove(at, message);
  // The group's next message is free now.
  if (at.queue.fifo) scheduler.wake(topicOf(at.queue));
}
