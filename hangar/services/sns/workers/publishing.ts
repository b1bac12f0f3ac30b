// Takes a checked message in: deduplicated and numbered on FIFO topics, then on its way to the subscribers.

import { hash } from "node:crypto";
import { AwsError } from "../../../kernel/aws-error.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { keyRefused } from "../errors.ts";
import { keptAttributes } from "../rules/message-attributes.ts";
import type { Publishing } from "../rules/message.ts";
import type { Message, Place, SnsContext, Topic } from "../store.ts";
import { publishMessage } from "./publish-message.ts";

const FIVE_MINUTES = 300_000;
const FIRST_SEQUENCE = 10_000_000_000_000_000_000n;

/** Who publishes to an encrypted topic must be able to use its key. */
export async function checkKey(context: SnsContext, topic: Topic): Promise<void> {
  const key = topic.attributes["KmsMasterKeyId"];
  if (key === undefined || key === "") return;
  try {
    await context.ports.keys.generateDataKey({ keyId: key, context: { "aws:sns:topicArn": topic.arn } });
  } catch (error) {
    throw error instanceof AwsError ? keyRefused(error) : error;
  }
}

type Published = { readonly MessageId: string; readonly SequenceNumber?: string };
type Checked = Publishing & { readonly texts: Readonly<Record<string, string>> | undefined };

export function publishTo(context: SnsContext, place: Place, checked: Checked): Published {
  const { clock, ids } = context;
  const { topic, store } = place;
  const deduplicationId = topic.fifo
    ? (checked.MessageDeduplicationId ?? hash("sha256", checked.Message, "hex"))
    : undefined;
  const key =
    deduplicationId === undefined ? "" : deduplicationKey(topic, deduplicationId, checked.MessageGroupId ?? "");
  const earlier = deduplicationId === undefined ? undefined : store.deduplications.get(key);
  if (earlier !== undefined && clock.now() < earlier.until)
    return { MessageId: earlier.messageId, SequenceNumber: earlier.sequenceNumber };
  const sequenceNumber = topic.fifo ? nextSequence(place) : undefined;
  const message: Message = {
    id: ids.uuid(),
    topicArn: topic.arn,
    message: checked.Message,
    texts: checked.texts,
    subject: checked.Subject,
    attributes: keptAttributes(checked.MessageAttributes),
    published: clock.now(),
    groupId: checked.MessageGroupId,
    deduplicationId,
    sequenceNumber,
  };
  publishMessage(context, place, message);
  if (sequenceNumber === undefined) return { MessageId: message.id };
  store.deduplications.put(key, { messageId: message.id, sequenceNumber, until: clock.now() + FIVE_MINUTES });
  return { MessageId: message.id, SequenceNumber: sequenceNumber };
}

function deduplicationKey(topic: Topic, id: string, groupId: string): string {
  return compositeKey(topic.name, topic.attributes["FifoThroughputScope"] === "MessageGroup" ? groupId : "", id);
}

/** AWS's are 20 digits that grow. */
function nextSequence({ topic, store }: Place): string {
  const sequence = (store.topics.get(topic.name)?.sequence ?? 0) + 1;
  store.topics.put(topic.name, { ...(store.topics.get(topic.name) ?? topic), sequence });
  return (FIRST_SEQUENCE + BigInt(sequence) * 1000n).toString();
}
