// Takes messages from a queue, and waits for some when asked to. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html

import type { Message as MessageAnswer, ReceiveMessageInput, ReceiveMessageOutput } from "../../../models/sqs.d.ts";
import { invalidParameterValue } from "../errors.ts";
import { md5OfAttributes, selectAttributes } from "../rules/message-attributes.ts";
import { available, nextVisible, remove, replace } from "../rules/message-order.ts";
import { formatReceiptHandle } from "../rules/receipt-handle.ts";
import { selectSystemAttributes } from "../rules/system-attributes.ts";
import { operation, queueAt, topicOf, type Message, type Place, type SqsContext } from "../store.ts";
import { deadLetter } from "../workers/move-messages.ts";

export const receiveMessage = operation<ReceiveMessageInput, ReceiveMessageOutput>(async (input, context) => {
  const { queue } = queueAt(context, input.QueueUrl);
  check(input);
  const wait = input.WaitTimeSeconds ?? Number(queue.attributes["ReceiveMessageWaitTimeSeconds"]);
  const visibility = input.VisibilityTimeout ?? Number(queue.attributes["VisibilityTimeout"]);
  const options = { max: input.MaxNumberOfMessages ?? 1, visibility: visibility * 1000 };
  const { clock, scheduler, request } = context;
  const deadline = clock.now() + wait * 1000;
  for (;;) {
    // The queue may be deleted or changed while a caller waits.
    const at = queueAt(context, input.QueueUrl);
    const messages = receive(context, at, options);
    if (messages.length > 0) return { Messages: messages.map((each) => answer(each, input)) };
    if (clock.now() >= deadline || request.caller?.gone === true) return {};
    await scheduler.waitFor(topicOf(queue), Math.min(deadline, nextVisible(at, clock.now()) ?? deadline));
  }
});

function check({
  MaxNumberOfMessages: max,
  WaitTimeSeconds: wait,
  VisibilityTimeout: visibility,
}: ReceiveMessageInput): void {
  if (max !== undefined && (max < 1 || max > 10))
    throw invalidParameterValue(
      `Value ${max} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`,
    );
  if (wait !== undefined && (wait < 0 || wait > 20))
    throw invalidParameterValue(
      `Value ${wait} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.`,
    );
  if (visibility !== undefined && (visibility < 0 || visibility > 43_200)) {
    throw invalidParameterValue(
      `Value ${visibility} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200, if provided.`,
    );
  }
}

export type Received = { readonly message: Message; readonly handle: string };

/** Takes what is there; what was received too often goes to the dead-letter queue instead. */
export function receive(
  context: SqsContext,
  at: Place,
  { max, visibility }: { readonly max: number; readonly visibility: number },
): readonly Received[] {
  const { clock, ids, scheduler } = context;
  const { queue } = at;
  const now = clock.now();
  const oldest = now - Number(queue.attributes["MessageRetentionPeriod"]) * 1000;
  const received: Received[] = [];
  const seen = new Set<string>();
  for (
    let found = available(at, now, max, seen);
    found.length > 0;
    found = available(at, now, max - received.length, seen)
  ) {
    let left = 0;
    for (const message of found) {
      if (message.sent < oldest) remove(at, message);
      else if (
        queue.redrive !== undefined &&
        message.receiveCount >= queue.redrive.maxReceiveCount &&
        deadLetter(context, at, message)
      )
        continue;
      else {
        const next: Message = {
          ...message,
          visibleAt: now + visibility,
          receiveCount: message.receiveCount + 1,
          firstReceived: message.firstReceived ?? now,
        };
        replace(at, message, next);
        received.push({
          message: next,
          handle: formatReceiptHandle(
            { queue: queue.name, arrival: next.arrival, receiveCount: next.receiveCount },
            ids.uuid(),
          ),
        });
        left += 1;
      }
    }
    // Messages made visible again at once must not be given twice in one answer.
    if (received.length >= max || (left > 0 && !queue.fifo)) break;
  }
  if (received.length > 0) scheduler.wake(topicOf(queue), now + visibility);
  else {
    const next = nextVisible(at, now);
    if (next !== undefined) scheduler.wake(topicOf(queue), next);
  }
  return received;
}

function answer({ message, handle }: Received, input: ReceiveMessageInput): MessageAnswer {
  const system = selectSystemAttributes(message, [
    ...(input.AttributeNames ?? []),
    ...(input.MessageSystemAttributeNames ?? []),
  ]);
  const attributes = selectAttributes(message.attributes, input.MessageAttributeNames);
  return {
    MessageId: message.messageId,
    ReceiptHandle: handle,
    MD5OfBody: message.md5,
    Body: message.body,
    ...(system === undefined ? {} : { Attributes: system }),
    ...(attributes === undefined
      ? {}
      : { MD5OfMessageAttributes: md5OfAttributes(attributes), MessageAttributes: attributes }),
  };
}
