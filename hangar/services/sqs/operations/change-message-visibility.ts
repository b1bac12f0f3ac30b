// Hides a received message for longer, or shows it sooner. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html

import type { ChangeMessageVisibilityInput, ChangeMessageVisibilityOutput } from "../../../models/sqs.d.ts";
import { invalidParameterValue } from "../errors.ts";
import { receivedMessage, replace } from "../rules/message-order.ts";
import { parseReceiptHandle } from "../rules/receipt-handle.ts";
import { operation, queueAt, topicOf, type Place, type SqsContext } from "../store.ts";

const TWELVE_HOURS = 43_200;

export const changeMessageVisibility = operation<ChangeMessageVisibilityInput, ChangeMessageVisibilityOutput>(
  (input, context) => {
    changeVisibility(context, queueAt(context, input.QueueUrl), input.ReceiptHandle, input.VisibilityTimeout);
    return {};
  },
);

export function changeVisibility({ clock, scheduler }: SqsContext, at: Place, handle: string, seconds: number): void {
  if (seconds < 0 || seconds > TWELVE_HOURS) {
    throw invalidParameterValue(
      `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and ${TWELVE_HOURS}.`,
    );
  }
  const receipt = parseReceiptHandle(handle, at.queue.name);
  const message = receivedMessage(at, receipt.arrival);
  const now = clock.now();
  if (
    message === undefined ||
    message.receiveCount !== receipt.receiveCount ||
    (at.queue.fifo && message.visibleAt <= now)
  ) {
    throw invalidParameterValue(
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  }
  const visibleAt = now + seconds * 1000;
  replace(at, message, { ...message, visibleAt });
  scheduler.wake(topicOf(at.queue), seconds === 0 ? undefined : visibleAt);
}
