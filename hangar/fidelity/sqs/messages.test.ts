// Messages of standard queues, as they were recorded from AWS (see ../NOTICE).

import { firstIn, inBothProtocols, newQueue, recorded, text, withQuery, type Queue, type Session } from "./session.ts";

const T = "TestSqsProvider::test_";
const k = { k: text("x") };

const send = (queue: Queue, MessageBody: string, more: object = {}): Promise<object> =>
  queue.do("SendMessage", { MessageBody, ...more });
const entries = (count: number, more: object): object[] =>
  Array.from({ length: count }, (_, at) => ({ Id: `message-${at}`, ...more }));

async function refusesIds(s: Session, Id: string): Promise<void> {
  const queue = await newQueue(s);
  await queue.is("error_response", "DeleteMessageBatch", { Entries: [{ Id, ReceiptHandle: "any" }] });
}

const LONG = "testLongId".repeat(10);
const idTests = ["", LONG, "invalid:id"].flatMap((id) => {
  const drive = (s: Session): Promise<void> => refusesIds(s, id);
  return [
    [`${T}delete_message_batch_invalid_msg_id[sqs-${id}]`, drive] as const,
    [`${T}delete_message_batch_invalid_msg_id[sqs_query-${id}]`, withQuery(drive)] as const,
  ];
});

const invalidGroups = { empty: "", too_long: "a".repeat(129), spaces: "group 123" };
const groupTests = Object.entries(invalidGroups).flatMap(([name, id]) => [
  [
    `${T}send_message_to_standard_queue_with_invalid_message_group_id[${name}]`,
    async (s: Session): Promise<void> => {
      const queue = await newQueue(s);
      await queue.is("error-response", "SendMessage", { MessageBody: "test", MessageGroupId: id });
    },
  ] as const,
  [
    `${T}message_deduplication_id_invalid[${name}]`,
    async (s: Session): Promise<void> => {
      const queue = await newQueue(s, { FifoQueue: "true" }, "recorded.fifo");
      const ids = { MessageGroupId: "test", MessageDeduplicationId: id };
      await queue.is("error-response", "SendMessage", { MessageBody: "test", ...ids });
    },
  ] as const,
]);

recorded(import.meta.url, "sqs", {
  ...Object.fromEntries(idTests),
  ...Object.fromEntries(groupTests),
  ...inBothProtocols({
    async [`${T}send_receive_max_number_of_messages`](s) {
      const queue = await newQueue(s);
      await send(queue, "message");
      await queue.is("send_max_number_of_messages", "ReceiveMessage", { MaxNumberOfMessages: 11 });
    },
    async [`${T}send_oversized_message`](s) {
      const queue = await newQueue(s);
      const MessageBody = "a".repeat(1_048_576 - 7);
      await queue.is("send_oversized_message", "SendMessage", { MessageBody, MessageAttributes: k });
    },
    async [`${T}send_message_with_updated_maximum_message_size`](s) {
      const queue = await newQueue(s);
      await queue.do("SetQueueAttributes", { Attributes: { MaximumMessageSize: "1024" } });
      const MessageBody = "a".repeat(1024 - 7);
      await queue.is("send_oversized_message", "SendMessage", { MessageBody, MessageAttributes: k });
    },
    async [`${T}send_message_batch_with_oversized_contents`](s) {
      const queue = await newQueue(s);
      const Entries = [
        { Id: "1", MessageBody: "a".repeat(1_048_576 - 8), MessageAttributes: k },
        { Id: "2", MessageBody: "a" },
      ];
      await queue.is("send_oversized_message_batch", "SendMessageBatch", { Entries });
    },
    async [`${T}send_message_batch_with_oversized_contents_with_updated_maximum_message_size`](s) {
      const queue = await newQueue(s);
      await queue.do("SetQueueAttributes", { Attributes: { MaximumMessageSize: "2048" } });
      const Entries = [
        { Id: "1", MessageBody: "a".repeat(2040), MessageAttributes: k },
        { Id: "2", MessageBody: "a" },
      ];
      await queue.is("send_oversized_message_batch", "SendMessageBatch", { Entries });
    },
    async [`${T}too_many_entries_in_batch_request`](s) {
      const queue = await newQueue(s);
      const Entries = entries(20, { MessageBody: "x" });
      await queue.is("test_too_many_entries_in_batch_request", "SendMessageBatch", { Entries });
    },
    async [`${T}invalid_batch_id`](s) {
      const queue = await newQueue(s);
      const Entries = [{ Id: "message:123", MessageBody: "x" }];
      await queue.is("test_invalid_batch_id", "SendMessageBatch", { Entries });
    },
    async [`${T}send_message_with_binary_attributes`](s) {
      const queue = await newQueue(s);
      const BinaryValue = Buffer.from("traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01");
      await send(queue, "test", { MessageAttributes: { attr1: { DataType: "Binary", BinaryValue } } });
      await queue.is("binary-attrs-msg", "ReceiveMessage", { MessageAttributeNames: ["All"] });
    },
    async [`${T}send_message_with_empty_string_attribute`](s) {
      const queue = await newQueue(s);
      const MessageAttributes = { ErrorDetails: text("") };
      await queue.is("empty-string-attr", "SendMessage", { MessageBody: "test", MessageAttributes });
    },
    async [`${T}send_empty_message`](s) {
      const queue = await newQueue(s);
      await queue.is("send_empty_message", "SendMessage", { MessageBody: "" });
    },
    async [`${T}change_message_visibility_after_visibility_timeout_expiration`](s) {
      const queue = await newQueue(s);
      await send(queue, "test");
      const { ReceiptHandle } = firstIn(await queue.do("ReceiveMessage", { VisibilityTimeout: 2 }));
      await s.cloud.clock.advance("3 seconds");
      const change = { ReceiptHandle, VisibilityTimeout: 10 };
      await queue.is("visibility_timeout_expired", "ChangeMessageVisibility", change);
    },
    async [`${T}delete_after_visibility_timeout`](s) {
      const queue = await newQueue(s, { VisibilityTimeout: "1" });
      await send(queue, "foobar");
      const { ReceiptHandle } = firstIn(await queue.do("ReceiveMessage"));
      await s.cloud.clock.advance("3 seconds");
      await queue.do("DeleteMessage", { ReceiptHandle });
      await queue.is("delete_after_timeout_queue_empty", "ReceiveMessage");
    },
    async [`${T}receive_message_message_attribute_names_filters`](s) {
      const queue = await newQueue(s, { VisibilityTimeout: "0" });
      const MessageAttributes = { "Help.Me": text("Me"), Hello: text("There"), General: text("Kenobi") };
      await queue.is("send_message_response", "SendMessage", { MessageBody: "msg", MessageAttributes });
      const whole = (label: string, ...MessageAttributeNames: string[]) =>
        queue.is(label, "ReceiveMessage", { MessageAttributeNames });
      const first = async (label: string, ...MessageAttributeNames: string[]): Promise<void> =>
        s.matches(label, firstIn(await queue.do("ReceiveMessage", { MessageAttributeNames })));
      await whole("empty_filter");
      await whole("all_name", "All");
      await first("all_wildcard_asterisk", "*");
      await first("all_wildcard", ".*");
      await first("only_non_existing_names", "Foo", "Help");
      await first("only_existing", "Hello", "General");
      await first("existing_and_non_existing", "Foo", "Hello");
      await first("prefix_filter", "Hel.*");
      await whole("illegal_name_1", "AWS.");
      await whole("illegal_name_2", "..foo");
    },
    ...attributeFilters("receive_message_attribute_names_filters", "AttributeNames"),
    ...attributeFilters("receive_message_message_system_attribute_names_filters", "MessageSystemAttributeNames"),
    async [`${T}send_receive_wait_time_seconds`](s) {
      const queue = await newQueue(s);
      await queue.is("recieve_message_error_too_large", "ReceiveMessage", { WaitTimeSeconds: 21 });
      await queue.is("recieve_message_error_too_small", "ReceiveMessage", { WaitTimeSeconds: -1 });
      await send(queue, "message");
      await queue.is("empty_short_poll_by_default_resp", "ReceiveMessage");
      await send(queue, "message");
      await queue.is("empty_short_poll_explicit_resp", "ReceiveMessage", { WaitTimeSeconds: 0 });
    },
    async [`${T}receive_empty_queue`](s) {
      const queue = await newQueue(s);
      await queue.is("empty_short_poll_resp_no_param", "ReceiveMessage");
      await queue.is("empty_short_poll_resp", "ReceiveMessage", { WaitTimeSeconds: 0 });
      const long = queue.is("empty_long_poll_resp", "ReceiveMessage", { WaitTimeSeconds: 1 });
      await s.cloud.clock.advance("1 second");
      await long;
    },
    async [`${T}delete_message_batch_with_too_large_batch`](s) {
      const queue = await newQueue(s);
      await queue.is("error_response", "DeleteMessageBatch", { Entries: entries(20, { ReceiptHandle: "any" }) });
    },
    async [`${T}change_message_visibility_batch_with_too_large_batch`](s) {
      const queue = await newQueue(s);
      const Entries = entries(20, { ReceiptHandle: "any", VisibilityTimeout: 4 });
      await queue.is("error_response", "ChangeMessageVisibilityBatch", { Entries });
    },
    async [`${T}fair_queue_with_message_group_id`](s) {
      const queue = await newQueue(s);
      await queue.is("send_message", "SendMessage", { MessageBody: "message", MessageGroupId: "test" });
      const AttributeNames = ["All"];
      await queue.is("get-message-with-deduplication-id", "ReceiveMessage", { AttributeNames });
    },
  }),
});

function attributeFilters(name: string, member: string): Record<string, (s: Session) => Promise<void>> {
  return {
    async [`${T}${name}`](s) {
      const queue = await newQueue(s, { VisibilityTimeout: "0" });
      await send(queue, "msg", { MessageAttributes: { Foo: text("Bar") } });
      const receive = (label: string, names: string[], more: object = {}) =>
        queue.is(label, "ReceiveMessage", { [member]: names, ...more });
      await receive("all_attributes", ["All"]);
      await receive("all_system_and_message_attributes", ["All"], { MessageAttributeNames: ["All"] });
      await receive("single_attribute", ["SenderId"]);
      await receive("multiple_attributes", ["SenderId", "SequenceNumber"]);
    },
  };
}
