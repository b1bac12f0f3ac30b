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
    md5OfMessageAttributes: message.md5OfMessageAttributes ?? null,
    md5OfBody: message.md5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: mapping.EventSourceArn,
    awsRegion: region,
  };
}

/** For filters a body that is JSON is data. */
export function filterableMessage(message: QueueMessage, mapping: MappingRow, region: string): Record<string, unknown> {
  return { ...queueRecord(message, mapping, region), body: parsedJson(message.body, message.body) };
}
