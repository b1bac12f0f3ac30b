// An SQS message as a Lambda event carries it. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html

import type { QueueMessage } from "../../../ports/queues.ts";
import type { MappingRow } from "../store.ts";
import { parsedJson } from "../../../kernel/parsed-json.ts";

export function queueRecord(message: QueueMessage, mapping: MappingRow, region: string): Record<string, unknown> {
  const names = Object.keys(message.messageAttributes);
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.attributes,
    messageAttributes: Object.fromEntries(
      names.map((name) => {
        const value = message.messageAttributes[name];
        return [
          name,
          {
            ...(value?.StringValue === undefined ? {} : { stringValue: value.StringValue }),
            ...(value?.BinaryValue === undefined
              ? {}
              : { binaryValue: Buffer.from(value.BinaryValue).toString("base64") }),
            stringListValues: [],
            binaryListValues: [],
            dataType: value?.DataType,
          },
        ];
      }),
    ),
    ...attributesDigest(message, mapping),
    md5OfBody: message.md5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: mapping.EventSourceArn,
    awsRegion: region,
  };
}

/** As recorded: of a message without attributes nothing, and null where messages are gathered for a time. */
function attributesDigest({ md5OfMessageAttributes }: QueueMessage, mapping: MappingRow): object {
  const gathered = (mapping.MaximumBatchingWindowInSeconds ?? 0) > 0;
  return md5OfMessageAttributes === undefined && !gathered
    ? {}
    : { md5OfMessageAttributes: md5OfMessageAttributes ?? null };
}

/** For filters a body that is JSON is data. */
export function filterableMessage(message: QueueMessage, mapping: MappingRow, region: string): Record<string, unknown> {
  return { ...queueRecord(message, mapping, region), body: parsedJson(message.body, message.body) };
}
