// Delivers a message to a queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html

import { traceHeaderOf } from "../../../cloud/trace-header.ts";
import type { SendMessageInput, SendMessageOutput } from "../../../models/sqs.d.ts";
import { invalidParameterValue, missingParameter } from "../errors.ts";
import { deduplicationIdOf, earlierSend, rememberSend } from "../rules/deduplication.ts";
import { md5, md5OfAttributes } from "../rules/message-attributes.ts";
import { place } from "../rules/message-order.ts";
import { checkSending, newMessage, sequenceNumber, sizeOf, type Sending } from "../rules/new-message.ts";
import { operation, queueAt, topicOf, type Place, type SqsContext } from "../store.ts";

export const sendMessage = operation<SendMessageInput, SendMessageOutput>((input, context) => {
  const at = queueAt(context, input.QueueUrl);
  checkSending(input, at.queue);
  const limit = Number(at.queue.attributes["MaximumMessageSize"]);
  if (sizeOf(input) > limit)
    throw invalidParameterValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    );
  if (at.queue.fifo && input.MessageGroupId === undefined) throw missingParameter("MessageGroupId");
  return enqueue(context, at, input);
});

/** The part that is the same for single messages and batches: all checks are done. */
export function enqueue(context: SqsContext, at: Place, sending: Sending): SendMessageOutput {
  const { clock, ids, scheduler, caller } = context;
  const { queue } = at;
  const now = clock.now();
  const groupId = sending.MessageGroupId ?? "";
  const deduplicationId = queue.fifo
    ? deduplicationIdOf(queue, sending.MessageDeduplicationId, sending.MessageBody)
    : undefined;
  const earlier = deduplicationId === undefined ? undefined : earlierSend(at, deduplicationId, groupId, now);
  if (earlier !== undefined) {
    const { messageId, sequenceNumber: number } = earlier;
    return {
      MD5OfMessageBody: md5(sending.MessageBody),
      ...digests(sending),
      MessageId: messageId,
      SequenceNumber: number,
    };
  }
  const arrival = nextArrival(at);
  const messageId = ids.uuid();
  const number = queue.fifo ? sequenceNumber(arrival) : undefined;
  const trace = traceHeaderOf(context);
  const facts = { arrival, messageId, now, sender: caller.userId, deduplicationId, sequenceNumber: number, trace };
  const message = newMessage(sending, queue, facts);
  place(at, message);
  context.world.trace.remember(messageId, context.span);
  if (deduplicationId !== undefined && number !== undefined)
    rememberSend(at, { deduplicationId, groupId, messageId, sequenceNumber: number }, now);
  scheduler.wake(topicOf(queue), message.visibleAt > now ? message.visibleAt : undefined);
  const answer = { MD5OfMessageBody: message.md5, ...digests(sending), MessageId: messageId };
  return number === undefined ? answer : { ...answer, SequenceNumber: number };
}

function digests({ MessageAttributes, MessageSystemAttributes }: Sending): SendMessageOutput {
  return {
    ...(MessageAttributes === undefined || Object.keys(MessageAttributes).length === 0
      ? {}
      : { MD5OfMessageAttributes: md5OfAttributes(MessageAttributes) }),
    ...(MessageSystemAttributes === undefined || Object.keys(MessageSystemAttributes).length === 0
      ? {}
      : { MD5OfMessageSystemAttributes: md5OfAttributes(MessageSystemAttributes) }),
  };
}

export function nextArrival({ queue, store }: Place): number {
  const arrival = (store.arrivals.get(queue.name) ?? 0) + 1;
  store.arrivals.put(queue.name, arrival);
  return arrival;
}
