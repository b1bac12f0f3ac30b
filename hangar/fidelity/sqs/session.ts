// The recorded client of SQS, in both of its protocols, and a queue as those tests had it.

import * as sdk from "@aws-sdk/client-sqs";
import { AwsQueryProtocol } from "@aws-sdk/core/protocols";
import { errorOf, withBytesShown } from "../wire.ts";
import { recorder } from "../recorded.ts";
import type { Session as RecordedSession, Answer, As as Anyone, Input, RecordedClient } from "../session.ts";

type As = Anyone & { readonly query?: boolean };
export type Session = RecordedSession<As>;
type Driver = (session: Session) => Promise<void>;

const query = {
  defaultNamespace: "com.amazonaws.sqs",
  xmlNamespace: "http://queue.amazonaws.com/doc/2012-11-05/",
  version: "2012-11-05",
  errorTypeRegistries: [],
};

export const SQS: RecordedClient<As> = {
  service: "sqs",
  sdk,
  settings: (as) => (as.query === true ? { protocol: new AwsQueryProtocol(query) } : {}),
  // Whether a message was recorded twice is a matter of the day's model.
  errorOf: (wire) => errorOf(wire, () => []),
  asRecorded(recorded) {
    if (typeof recorded !== "object" || recorded === null || !("Error" in recorded)) return recorded;
    const { message: _twice, ...answer } = recorded as Record<string, unknown>;
    return answer;
  },
  asShown: (_operation, members) => withBytesShown(members) as Answer,
};

export const recorded = recorder<As>(import.meta.url, SQS);

/** Most tests were recorded with a client of each protocol. */
export function inBothProtocols(drivers: Readonly<Record<string, Driver>>): Record<string, Driver> {
  const both = Object.entries(drivers).flatMap(([name, drive]): [string, Driver][] => [
    [`${name}[sqs]`, drive],
    [`${name}[sqs_query]`, withQuery(drive)],
  ]);
  return Object.fromEntries(both);
}

export function withQuery(drive: Driver): Driver {
  return (s) => {
    s.usual = { query: true };
    return drive(s);
  };
}

export type Queue = {
  readonly url: string;
  readonly arn: string;
  readonly is: (label: string, operation: string, input?: Input) => Promise<Answer>;
  readonly do: (operation: string, input?: Input) => Promise<Answer>;
};

export async function newQueue(s: Session, Attributes: object = {}, QueueName = "recorded"): Promise<Queue> {
  const { QueueUrl } = (await s.do("CreateQueue", { QueueName, Attributes })) as { readonly QueueUrl?: string };
  return {
    url: QueueUrl ?? "",
    arn: `arn:aws:sqs:us-east-1:000000000000:${QueueName}`,
    is: (label, operation, input = {}) => s.is(label, operation, { QueueUrl, ...input }),
    do: (operation, input = {}) => s.do(operation, { QueueUrl, ...input }),
  };
}

export function newFifoQueue(s: Session, Attributes: object = {}): Promise<Queue> {
  return newQueue(s, { FifoQueue: "true", ...Attributes }, "recorded.fifo");
}

export type Message = Readonly<Record<"ReceiptHandle" | "Body" | "MessageId", string>>;

export function messagesIn(answer: Answer): readonly Message[] {
  return (answer["Messages"] ?? []) as readonly Message[];
}

export function firstIn(answer: Answer): Message {
  const [message] = messagesIn(answer);
  if (message === undefined) throw new Error("No message was received.");
  return message;
}

export const text = (StringValue: string): object => ({ DataType: "String", StringValue });
