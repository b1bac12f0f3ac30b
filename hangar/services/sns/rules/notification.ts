// What subscribers receive: AWS's JSON text for queues and HTTP, and the record of a Lambda event.

import type { Message, MessageAttribute, Subscription } from "../store.ts";

/** Undefined for FIFO topics, which AWS does not sign. */
export type Signed = { readonly version: string; readonly signature: string; readonly certificate: string } | undefined;

export type Notice = {
  readonly type: "Notification" | "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  readonly id: string;
  readonly topicArn: string;
  readonly message: string;
  readonly subject?: string | undefined;
  readonly timestamp: string;
  readonly token?: string | undefined;
  readonly subscribeUrl?: string | undefined;
};

export function noticeOf(message: Message, protocol: string): Notice {
  return {
    type: "Notification",
    id: message.id,
    topicArn: message.topicArn,
    message: textFor(message, protocol),
    subject: message.subject,
    timestamp: new Date(message.published).toISOString(),
  };
}

export function textFor({ message, texts }: Message, protocol: string): string {
  return texts === undefined ? message : (texts[protocol] ?? texts["default"] ?? message);
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
export function textToSign(notice: Notice): string {
  const parts: [string, string | undefined][] =
    notice.type === "Notification"
      ? [
          ["Message", notice.message],
          ["MessageId", notice.id],
          ["Subject", notice.subject],
          ["Timestamp", notice.timestamp],
          ["TopicArn", notice.topicArn],
          ["Type", notice.type],
        ]
      : [
          ["Message", notice.message],
          ["MessageId", notice.id],
          ["SubscribeURL", notice.subscribeUrl],
          ["Timestamp", notice.timestamp],
          ["Token", notice.token],
          ["TopicArn", notice.topicArn],
          ["Type", notice.type],
        ];
  return parts.map(([name, value]) => (value === undefined ? "" : `${name}\n${value}\n`)).join("");
}

export type Addressed = {
  readonly signed: Signed;
  readonly unsubscribeUrl?: string | undefined;
  readonly sequenceNumber?: string | undefined;
  readonly attributes?: Readonly<Record<string, MessageAttribute>> | undefined;
};

/** AWS's own layout: a blank on both sides of the colon. */
export function envelope(
  notice: Notice,
  { signed, unsubscribeUrl, sequenceNumber, attributes = {} }: Addressed,
): string {
  const lines: [string, string | undefined][] = [
    ["Type", notice.type],
    ["MessageId", notice.id],
    ["SequenceNumber", sequenceNumber],
    ["Token", notice.token],
    ["TopicArn", notice.topicArn],
    ["Subject", notice.subject],
    ["Message", notice.message],
    ["SubscribeURL", notice.subscribeUrl],
    ["Timestamp", notice.timestamp],
    ["SignatureVersion", signed?.version],
    ["Signature", signed?.signature],
    ["SigningCertURL", signed?.certificate],
    ["UnsubscribeURL", unsubscribeUrl],
  ];
  const written = lines.flatMap(([name, value]) =>
    value === undefined ? [] : [`  "${name}" : ${JSON.stringify(value)}`],
  );
  const each = Object.entries(attributes).map(
    ([name, { type, value }]) => `    ${JSON.stringify(name)} : ${JSON.stringify({ Type: type, Value: value })}`,
  );
  if (each.length > 0) written.push(`  "MessageAttributes" : {\n${each.join(",\n")}\n  }`);
  return `{\n${written.join(",\n")}\n}`;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function lambdaEvent(
  notice: Notice,
  subscription: Subscription,
  { signed, unsubscribeUrl, sequenceNumber, attributes = {} }: Addressed,
): string {
  const shown = Object.entries(attributes).map(([name, { type, value }]) => [name, { Type: type, Value: value }]);
  return JSON.stringify({
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: subscription.arn,
        Sns: {
          Type: notice.type,
          MessageId: notice.id,
          ...(sequenceNumber === undefined ? {} : { SequenceNumber: sequenceNumber }),
          TopicArn: notice.topicArn,
          Subject: notice.subject ?? null,
          Message: notice.message,
          Timestamp: notice.timestamp,
          ...(signed === undefined
            ? {}
            : {
                SignatureVersion: signed.version,
                Signature: signed.signature,
                SigningCertUrl: signed.certificate,
              }),
          UnsubscribeUrl: unsubscribeUrl,
          MessageAttributes: Object.fromEntries(shown),
        },
      },
    ],
  });
}
