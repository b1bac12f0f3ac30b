// What a sent message must be, and its row.

import { invalidMessageContents, invalidParameterValue, missingParameter } from "../errors.ts";
import type { Message, MessageAttribute, Queue } from "../store.ts";
import { checkAttributes, md5, sizeOfAttributes } from "./message-attributes.ts";

export type Sending = {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  readonly MessageSystemAttributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
};

const ID = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

export function checkSending(sending: Sending, queue: Queue): void {
  const {
    MessageBody: body,
    DelaySeconds: delay,
    MessageAttributes: attributes,
    MessageGroupId: group,
    MessageDeduplicationId: id,
  } = sending;
  if (body === "") throw missingParameter("MessageBody");
  if (FORBIDDEN.test(body)) throw invalidMessageContents();
  if (attributes !== undefined) checkAttributes(attributes);
  if (delay !== undefined && (delay < 0 || delay > 900))
    throw invalidParameterValue(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  if (group !== undefined) checkId("MessageGroupId", group);
  if (id !== undefined) checkId("MessageDeduplicationId", id);
  if (queue.fifo && delay !== undefined && delay > 0) throw notForQueueType("DelaySeconds", delay);
  if (!queue.fifo && id !== undefined) throw notForQueueType("MessageDeduplicationId", id);
}

function checkId(name: string, value: string): void {
  if (!ID.test(value))
    throw invalidParameterValue(
      `Value ${value} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
}

function notForQueueType(name: string, value: string | number): Error {
  return invalidParameterValue(
    `Value ${value} for parameter ${name} is invalid. Reason: The request include parameter that is not valid for this queue type.`,
  );
}

export function sizeOf(sending: Sending): number {
  const body = Buffer.byteLength(sending.MessageBody);
  return sending.MessageAttributes === undefined ? body : body + sizeOfAttributes(sending.MessageAttributes);
}

/** FIFO queues have one delay for all messages. */
function delayOf(sending: Sending, queue: Queue): number {
  const own = queue.fifo ? undefined : sending.DelaySeconds;
  return (own ?? Number(queue.attributes["DelaySeconds"])) * 1000;
}

export type Facts = {
  readonly arrival: number;
  readonly messageId: string;
  readonly now: number;
  readonly sender: string;
  readonly deduplicationId?: string | undefined;
  readonly sequenceNumber?: string | undefined;
  /** X-Ray's header of the request that sends. */
  readonly trace?: string | undefined;
};

export function newMessage(sending: Sending, queue: Queue, facts: Facts): Message {
  const { MessageBody: body, MessageAttributes: attributes } = sending;
  return {
    arrival: facts.arrival,
    messageId: facts.messageId,
    body,
    md5: md5(body),
    attributes: attributes === undefined || Object.keys(attributes).length === 0 ? undefined : attributes,
    trace: sending.MessageSystemAttributes?.["AWSTraceHeader"]?.StringValue ?? facts.trace,
    sent: facts.now,
    sender: facts.sender,
    groupId: sending.MessageGroupId,
    deduplicationId: facts.deduplicationId,
    sequenceNumber: facts.sequenceNumber,
    visibleAt: facts.now + delayOf(sending, queue),
    receiveCount: 0,
  };
}

/** AWS's are 20 digits that grow. */
export function sequenceNumber(arrival: number): string {
  return (18_850_000_000_000_000_000n + BigInt(arrival) * 256n).toString();
}
