// What SQS itself knows of a message, as ReceiveMessage gives it.

import type { Message } from "../store.ts";

export function systemAttributes(message: Message): Readonly<Record<string, string>> {
  return {
    SenderId: message.sender,
    ApproximateFirstReceiveTimestamp: String(message.firstReceived ?? message.sent),
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sent),
    ...(message.sequenceNumber === undefined ? {} : { SequenceNumber: message.sequenceNumber }),
    ...(message.deduplicationId === undefined ? {} : { MessageDeduplicationId: message.deduplicationId }),
    ...(message.groupId === undefined ? {} : { MessageGroupId: message.groupId }),
    ...(message.trace === undefined ? {} : { AWSTraceHeader: message.trace }),
    ...(message.deadLetterSource === undefined ? {} : { DeadLetterQueueSourceArn: message.deadLetterSource }),
  };
}

export function selectSystemAttributes(
  message: Message,
  names: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (names.length === 0) return undefined;
  const all = systemAttributes(message);
  if (names.includes("All")) return all;
  const found = Object.entries(all).filter(([name]) => names.includes(name));
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
