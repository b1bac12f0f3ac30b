// What a message must be before a topic takes it.

import { invalidParameter } from "../errors.ts";
import type { Topic } from "../store.ts";
import { checkMessageAttributes, sizeOfAttributes, type GivenAttributes } from "./message-attributes.ts";

export type Publishing = {
  readonly Message: string;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: GivenAttributes | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
};

export const LIMIT = 262_144;
const SUBJECT = 100;
/** Punctuation and letters, as SQS has it for its ids. */
const ID = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;

export function sizeOf({ Message, MessageAttributes }: Publishing): number {
  return Buffer.byteLength(Message) + sizeOfAttributes(MessageAttributes);
}

export function checkPublishing(publishing: Publishing): void {
  const { Message, Subject, MessageStructure, MessageAttributes } = publishing;
  if (Message === "") throw invalidParameter("Empty message");
  if (Subject !== undefined && (Subject === "" || Subject.length > SUBJECT || /[\u0000-\u001f\u007f]/.test(Subject)))
    throw invalidParameter("Subject");
  if (MessageAttributes !== undefined) checkMessageAttributes(MessageAttributes);
  if (MessageStructure !== undefined && MessageStructure !== "json") throw invalidParameter("MessageStructure");
}

/** Texts by protocol of a message with the structure `json`. */
export function textsOf({ Message, MessageStructure }: Publishing): Readonly<Record<string, string>> | undefined {
  if (MessageStructure !== "json") return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(Message);
  } catch {
    throw invalidParameter("Message Structure - JSON message body failed to parse");
  }
  const texts = Object.entries((parsed ?? {}) as Record<string, unknown>).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  if (!texts.some(([name]) => name === "default"))
    throw invalidParameter("Message Structure - No default entry in JSON message body");
  return Object.fromEntries(texts);
}

/** Groups and deduplication ids: wanted by FIFO topics; others take only the group, for fair queues. */
export function checkOrdering(topic: Topic, { MessageGroupId: group, MessageDeduplicationId: id }: Publishing): void {
  if (group !== undefined && !ID.test(group)) throw invalidParameter("MessageGroupId");
  if (!topic.fifo) {
    if (id !== undefined) {
      throw invalidParameter(
        "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
      );
    }
    return;
  }
  if (group === undefined) throw invalidParameter("The MessageGroupId parameter is required for FIFO topics");
  if (id !== undefined && !ID.test(id)) throw invalidParameter("MessageDeduplicationId");
  if (id === undefined && topic.attributes["ContentBasedDeduplication"] !== "true") {
    throw invalidParameter(
      "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  }
}
