// Messages of FIFO queues and dead-letter queues, as they were recorded from AWS (see ../NOTICE).

import {
  firstIn,
  inBothProtocols,
  messagesIn,
  newFifoQueue,
  newQueue,
  recorded,
  text,
  withQuery,
  type Message,
  type Queue,
  type Session,
} from "./session.ts";

const T = "TestSqsProvider::test_";
const all = { AttributeNames: ["All"] };
const TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
const highThroughput = { DeduplicationScope: "messageGroup", FifoThroughputLimit: "perMessageGroupId" };
const regular = { DeduplicationScope: "queue", FifoThroughputLimit: "perQueue" };

function send(queue: Queue, MessageBody: string, group: string, deduplication?: string): Promise<object> {
  const id = deduplication === undefined ? {} : { MessageDeduplicationId: deduplication };
  return queue.do("SendMessage", { MessageBody, MessageGroupId: group, ...id });
}

/** What is received, and deleted. */
async function take(queue: Queue, label: string): Promise<void> {
  const answer = await queue.is(label, "ReceiveMessage");
  for (const { ReceiptHandle } of messagesIn(answer)) await queue.do("DeleteMessage", { ReceiptHandle });
}

/** The same id in two groups. */
async function twoGroups(queue: Queue, ...[first, second]: readonly [string, string]): Promise<void> {
  await send(queue, first, "1", "1");
  await send(queue, second, "2", "1");
  await take(queue, "same-dedup-different-grp-1");
  await take(queue, "same-dedup-different-grp-2");
}

/** With and without content-based deduplication, in both protocols. */
function withDeduplication(name: string, drive: (queue: Queue, id: string | undefined) => Promise<void>) {
  const driven =
    (isByContent: boolean) =>
    async (s: Session): Promise<void> => {
      const queue = await newFifoQueue(s, isByContent ? { ContentBasedDeduplication: "true" } : {});
      await drive(queue, isByContent ? undefined : "dedup1");
    };
  return {
    [`${T}${name}[sqs-True]`]: driven(true),
    [`${T}${name}[sqs-False]`]: driven(false),
    [`${T}${name}[sqs_query-True]`]: withQuery(driven(true)),
    [`${T}${name}[sqs_query-False]`]: withQuery(driven(false)),
  };
}

const ITEM = '{"foo": "bar"}';

function extended(count: string, drive: (s: Session, queue: Queue, messages: readonly Message[]) => Promise<void>) {
  const whole = async (s: Session): Promise<void> => {
    const queue = await newFifoQueue(s, { VisibilityTimeout: "60" });
    for (const body of ["foo", "bar", "baz"]) await send(queue, body, "group-1", body);
    const received = await queue.is("receive_all_messages", "ReceiveMessage", { MaxNumberOfMessages: 10 });
    await drive(s, queue, messagesIn(received));
    await queue.is("some-messages-invisible", "ReceiveMessage", { MaxNumberOfMessages: 10 });
  };
  const name = `${T}fifo_group_visibility_extends_with_change_message_visibility`;
  return { [`${name}[sqs-${count}]`]: whole, [`${name}[sqs_query-${count}]`]: withQuery(whole) };
}

/** Of three messages of a group the first `visible` are made visible at once. */
async function makeVisible(queue: Queue, messages: readonly Message[], visible: number): Promise<void> {
  for (const { ReceiptHandle } of messages.slice(0, visible))
    await queue.do("ChangeMessageVisibility", { ReceiptHandle, VisibilityTimeout: 0 });
}

recorded(import.meta.url, "sqs", {
  ...withDeduplication("fifo_deduplication_arrives_once_after_delete", async (queue, id) => {
    await send(queue, ITEM, "group-1", id);
    await take(queue, "get-messages");
    await send(queue, ITEM, "group-1", id);
    await queue.is("get-messages-duplicate", "ReceiveMessage");
  }),
  ...withDeduplication("fifo_deduplication_not_on_message_group_id", async (queue, id) => {
    await send(queue, ITEM, "group-1", id);
    await send(queue, ITEM, "group-2", id);
    await queue.is("get-messages", "ReceiveMessage");
    await queue.is("get-dedup-messages", "ReceiveMessage");
  }),
  ...extended("0-visible", (_s, queue, messages) => makeVisible(queue, messages, 0)),
  ...extended("1-visible", (_s, queue, messages) => makeVisible(queue, messages, 1)),
  ...extended("2-visible", (_s, queue, messages) => makeVisible(queue, messages, 2)),
  ...inBothProtocols({
    async [`${T}fifo_empty_message_groups_added_back_to_queue`](s) {
      const queue = await newFifoQueue(s);
      await send(queue, "Message 1", "g1", "d1");
      await take(queue, "inital-fifo-receive");
      await queue.is("empty-fifo-receive", "ReceiveMessage");
      await send(queue, "Message 2", "g1", "d2");
      await queue.is("final-fifo-receive", "ReceiveMessage");
    },
    async [`${T}fifo_queue_send_message_with_delay_seconds_fails`](s) {
      const queue = await newFifoQueue(s, { ContentBasedDeduplication: "true" });
      const more = { MessageGroupId: "1", DelaySeconds: 2 };
      await queue.is("send_message", "SendMessage", { MessageBody: "message-1", ...more });
    },
    async [`${T}fifo_queue_send_message_with_zero_delay_defaults_to_queue_delay`](s) {
      const queue = await newFifoQueue(s, { ContentBasedDeduplication: "true", DelaySeconds: "3" });
      const more = { MessageGroupId: "1", DelaySeconds: 0 };
      await queue.is("send_message_result", "SendMessage", { MessageBody: "message-1", ...more });
      await queue.is("receive_message_initial_result", "ReceiveMessage");
      await s.cloud.clock.advance("4 seconds");
      await queue.is("receive_message_after_delay_result", "ReceiveMessage");
    },
    async [`${T}fifo_message_attributes`](s) {
      const queue = await newFifoQueue(s, { VisibilityTimeout: "0" });
      const more = { MessageGroupId: "group-1", MessageDeduplicationId: "dedup-1" };
      await queue.is("send_message", "SendMessage", { MessageBody: "message-body-1", ...more });
      await queue.is("receive_message_0", "ReceiveMessage", all);
      await queue.is("receive_message_1", "ReceiveMessage", all);
    },
    async [`${T}fifo_delete_message_with_expired_receipt_handle`](s) {
      const queue = await newFifoQueue(s, { VisibilityTimeout: "1" });
      await send(queue, "foobar", "1", "1");
      const { ReceiptHandle } = firstIn(await queue.do("ReceiveMessage"));
      await s.cloud.clock.advance("2 seconds");
      const { Error } = await s.ask("DeleteMessage", { QueueUrl: queue.url, ReceiptHandle });
      if (Error === undefined) throw new globalThis.Error("An expired handle deleted its message.");
    },
    async [`${T}fifo_delete_after_visibility_timeout`](s) {
      const queue = await newFifoQueue(s, { VisibilityTimeout: "1" });
      await send(queue, "foobar", "1", "1");
      const { ReceiptHandle } = firstIn(await queue.is("received_sqs_message", "ReceiveMessage"));
      await s.cloud.clock.advance("3 seconds");
      await queue.is("delete_after_timeout_fifo", "DeleteMessage", { ReceiptHandle });
    },
    async [`${T}fifo_delete_after_visibility_timeout_extended`](s) {
      const queue = await newFifoQueue(s, { VisibilityTimeout: "1" });
      await send(queue, "foobar", "1", "1");
      const { ReceiptHandle } = firstIn(await queue.is("received_sqs_message", "ReceiveMessage"));
      await queue.do("ChangeMessageVisibility", { ReceiptHandle, VisibilityTimeout: 6 });
      await s.cloud.clock.advance("2 seconds");
      await queue.do("DeleteMessage", { ReceiptHandle });
      await queue.is("delete_after_timeout_fifo_extended", "ReceiveMessage");
    },
    async [`${T}send_batch_missing_deduplication_id_for_fifo_queue`](s) {
      const queue = await newFifoQueue(s);
      const Entries = [
        { Id: "message-1", MessageBody: "x", MessageGroupId: "test", MessageDeduplicationId: "1" },
        { Id: "message-2", MessageBody: "x", MessageGroupId: "test" },
      ];
      await queue.is("test_missing_deduplication_id_for_fifo_queue", "SendMessageBatch", { Entries });
    },
    async [`${T}send_batch_missing_message_group_id_for_fifo_queue`](s) {
      const queue = await newFifoQueue(s);
      const Entries = [
        { Id: "message-1", MessageBody: "x", MessageGroupId: "test", MessageDeduplicationId: "1" },
        { Id: "message-2", MessageBody: "x", MessageDeduplicationId: "2" },
      ];
      await queue.is("test_missing_message_group_id_for_fifo_queue", "SendMessageBatch", { Entries });
    },
    async [`${T}posting_to_fifo_requires_deduplicationid_group_id`](s) {
      const queue = await newFifoQueue(s);
      const withGroup = { MessageBody: "test", MessageGroupId: "test" };
      const withId = { MessageBody: "test", MessageDeduplicationId: "1" };
      await queue.is("invalid-parameter-value", "SendMessage", withGroup);
      await queue.is("missing-parameter", "SendMessage", withId);
      s.usual = {};
      await queue.is("invalid-parameter-value-query", "SendMessage", withGroup);
      await queue.is("missing-parameter-query", "SendMessage", withId);
    },
    async [`${T}sqs_fifo_same_dedup_id_different_message_groups`](s) {
      await twoGroups(await newFifoQueue(s), "Test", "Test");
    },
    async [`${T}sqs_fifo_message_group_scope_no_throughput_setting`](s) {
      await twoGroups(await newFifoQueue(s, { DeduplicationScope: "messageGroup" }), "Test", "Test");
    },
    async [`${T}fifo_high_throughput_ordering`](s) {
      await twoGroups(await newFifoQueue(s, highThroughput), "Test1", "Test2");
    },
    async [`${T}fifo_change_to_regular_throughput_after_creation`](s) {
      const queue = await newFifoQueue(s, highThroughput);
      await twoGroups(queue, "Test1", "Test2");
      await queue.do("SetQueueAttributes", { Attributes: regular });
      await queue.is("set-to-regular-throughput", "GetQueueAttributes", all);
      await send(queue, "Test3", "2", "1");
      await take(queue, "same-dedup-different-grp-regular-throughput");
    },
    async [`${T}dead_letter_queue_with_fifo_and_content_based_deduplication`](s) {
      const byContent = { FifoQueue: "true", ContentBasedDeduplication: "true" };
      const dead = await newQueue(s, byContent, "dead.fifo");
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
      const queue = await newQueue(s, { ...byContent, VisibilityTimeout: "60", RedrivePolicy }, "recorded.fifo");
      await send(queue, "foobar", "1");
      for (let time = 0; time < 3; time += 1) await queue.do("ReceiveMessage", { VisibilityTimeout: 0 });
      firstIn(await dead.do("ReceiveMessage"));
    },
  }),
  async [`${T}dead_letter_queue_message_attributes`](s) {
    const dead = await newQueue(s, {}, "dead");
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const queue = await newQueue(s, { RedrivePolicy });
    s.matches("dlq-arn", dead.arn);
    s.matches("sourcen-arn", queue.arn);
    await queue.do("SendMessage", {
      MessageBody: "message-1",
      MessageAttributes: { MyAttribute: text("foobar") },
      MessageSystemAttributes: { AWSTraceHeader: text(TRACE) },
    });
    await queue.do("SendMessage", { MessageBody: "message-2" });
    const names = ["ApproximateFirstReceiveTimestamp", "ApproximateReceiveCount", "SentTimestamp", "AWSTraceHeader"];
    const asked = { MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] };
    const AttributeNames = [...names, "DeadLetterQueueSourceArn"];
    const first = await queue.do("ReceiveMessage", { ...asked, AttributeNames, VisibilityTimeout: 0 });
    s.matches("rec-pre-dlq", messagesIn(first));
    await queue.do("ReceiveMessage", { ...asked, VisibilityTimeout: 0 });
    s.matches("dlq-messages", messagesIn(await dead.do("ReceiveMessage", { ...asked, AttributeNames })));
  },
  async [`${T}send_batch_message_size`](s) {
    const queue = await newQueue(s, { MaximumMessageSize: "1024" });
    const Entries = [
      { Id: "0f8fad5b-d9cb-469f-a165-70867728950e", MessageBody: "a".repeat(1024) },
      { Id: "7c9e6679-7425-40de-944b-e07fc1f90ae7", MessageBody: "a".repeat(1025) },
    ];
    await queue.is("send-message-batch-result", "SendMessageBatch", { Entries });
  },
  async [`${T}message_deduplication_id_success`](s) {
    const queue = await newFifoQueue(s);
    await send(queue, "test", "test", "a".repeat(128));
  },
});
