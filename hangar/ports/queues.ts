// What services ask of SQS: pull and delete as any consumer does.

import type { Principal } from "../cloud/operation.ts";

/** As in ReceiveMessage; `attributes` are system attributes (SentTimestamp in milliseconds, as text). */
export type QueueMessage = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** Where it has any. */
  readonly md5OfMessageAttributes: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<
    Record<
      string,
      {
        readonly DataType: string;
        readonly StringValue?: string | undefined;
        readonly BinaryValue?: Uint8Array | undefined;
      }
    >
  >;
};

export type QueuesPort = {
  /** At most 10 messages. Topic to subscribe to for wake-ups: `sqs:<queue arn>`. */
  receive(queueArn: string, max: number, as: Principal): Promise<readonly QueueMessage[]>;
  delete(queueArn: string, receiptHandles: readonly string[], as: Principal): Promise<void>;
  changeVisibility(queueArn: string, receiptHandle: string, seconds: number, as: Principal): Promise<void>;
  send(
    queueArn: string,
    body: string,
    options: {
      readonly groupId?: string | undefined;
      readonly deduplicationId?: string | undefined;
      readonly attributes?:
        | Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>
        | undefined;
      readonly as: Principal;
    },
  ): Promise<void>;
  /** What a receipt handle was given for, while nobody else has received it since. */
  held(queueArn: string, receiptHandle: string): Promise<{ readonly visibleAt: number } | undefined>;
  /** Attributes as GetQueueAttributes gives them (VisibilityTimeout, FifoQueue, …); undefined when there is no such queue. */
  attributes(queueArn: string): Promise<Readonly<Record<string, string>> | undefined>;
};
