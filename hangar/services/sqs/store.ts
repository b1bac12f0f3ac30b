// The tables of SQS. A standard queue's messages are ordered by when they are visible, a FIFO queue's by group and arrival.

import { operationsOn, table, type Context, type Store } from "../../cloud/operation.ts";
import { compositeKey } from "../../kernel/table.ts";
import { queueDoesNotExist } from "./errors.ts";
import { parseQueueUrl } from "./rules/queue-url.ts";

export type MessageAttribute = {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
};

export type RedrivePolicy = { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };

export type Queue = {
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  readonly fifo: boolean;
  /** Milliseconds, as are all times here. */
  readonly created: number;
  readonly modified: number;
  /** Settable attributes as they were given, defaults filled in: what GetQueueAttributes shows. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly redrive?: RedrivePolicy | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly purged?: number | undefined;
};

export type Message = {
  /** Arrival number in its queue. */
  readonly arrival: number;
  readonly messageId: string;
  readonly body: string;
  readonly md5: string;
  readonly attributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  readonly trace?: string | undefined;
  readonly sent: number;
  readonly sender: string;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly sequenceNumber?: string | undefined;
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly firstReceived?: number | undefined;
  /** ARN of the queue it was dead-lettered from. */
  readonly deadLetterSource?: string | undefined;
};

export type Deduplication = { readonly messageId: string; readonly sequenceNumber: string; readonly until: number };

export type MoveTask = {
  readonly id: string;
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn?: string | undefined;
  readonly perSecond?: number | undefined;
  readonly started: number;
  readonly status: "RUNNING" | "COMPLETED" | "CANCELLED" | "FAILED";
  readonly moved: number;
  readonly toMove: number;
  readonly failure?: string | undefined;
};

export const tables = {
  queues: table<Queue>(),
  /** Arrivals of a queue so far. */
  arrivals: table<number>(),
  /** Standard: queue, visible at, arrival. FIFO: queue, group, arrival. */
  messages: table<Message>(),
  /** Queue, arrival -> key in `messages`, of messages that were received: what receipt handles are resolved by. */
  received: table<string>(),
  /** FIFO: queue, available at, group. */
  heads: table<string>(),
  /** FIFO: queue, group -> key in `heads`. */
  groups: table<string>(),
  /** FIFO: queue, scope, deduplication id. */
  deduplications: table<Deduplication>(),
  /** Queue, until, key in `deduplications`: so that old ones go. */
  deduplicationEnds: table<string>(),
  /** Source queue's name, started, id. */
  moveTasks: table<MoveTask>(),
};

export type SqsContext = Context<typeof tables>;
export type SqsStore = Store<typeof tables>;

export const operation = operationsOn<typeof tables>();

/** A queue with the tables it lives in: it may be another account's. */
export type Place = { readonly queue: Queue; readonly store: SqsStore };

export function queueAt(context: SqsContext, url: string): Place {
  const { account, name } = parseQueueUrl(url, context.account);
  const store = account === context.account ? context.store : context.storeAt(account, context.region);
  const queue = store.queues.get(name);
  if (queue === undefined) throw queueDoesNotExist();
  return { queue, store };
}

/** By ARN; undefined when there is none. Queues are looked for in their own region. */
export function queueOfArn(context: SqsContext, arn: string): Place | undefined {
  const [, , service, region = "", account = "", name = ""] = arn.split(":");
  if (service !== "sqs") return undefined;
  const store = context.storeAt(account, region);
  const queue = store.queues.get(name);
  return queue === undefined ? undefined : { queue, store };
}

export function topicOf(queue: Queue): string {
  return `sqs:${queue.arn}`;
}

export function queueKey(queue: Queue, ...parts: readonly string[]): string {
  return compositeKey(queue.name, ...parts);
}
