// Subscriptions and what queues get, as they were recorded from AWS (see ../NOTICE).

import { arrives, bytes, newQueue, newTopic, recorded, subscribed, text } from "./session.ts";

const CRUD = "TestSNSSubscriptionCrud::test_";
const TO_QUEUES = "TestSNSSubscriptionSQS::test_";
const WELL_FORMED = "51b2ff3e".repeat(36);
const NOWHERE = "arn:aws:sns:us-east-1:000000000000:nowhere";

recorded(import.meta.url, "sns", {
  async [`${CRUD}subscribe_with_invalid_protocol`](s) {
    const { TopicArn } = await newTopic(s);
    await s.is("exception", "Subscribe", { TopicArn, Protocol: "test-protocol", Endpoint: "any" });
  },
  async [`${CRUD}unsubscribe_from_non_existing_subscription`](s) {
    const { SubscriptionArn } = await subscribed(s);
    await s.do("Unsubscribe", { SubscriptionArn });
    await s.is("empty-unsubscribe", "Unsubscribe", { SubscriptionArn });
  },
  async [`${CRUD}create_subscriptions_with_attributes`](s) {
    const { TopicArn } = await newTopic(s);
    const { arn: Endpoint } = await newQueue(s);
    const subscription = { TopicArn, Protocol: "sqs", Endpoint, ReturnSubscriptionArn: true };
    const wrong = { RawMessageDelivery: "wrongvalue", FilterPolicyScope: "MessageBody", FilterPolicy: "" };
    await s.is("subscribe-wrong-attr", "Subscribe", { ...subscription, Attributes: wrong });
    const Attributes = { RawMessageDelivery: "true", FilterPolicyScope: "MessageBody" };
    const { SubscriptionArn } = await s.is("subscribe", "Subscribe", { ...subscription, Attributes });
    await s.is("get-attrs", "GetSubscriptionAttributes", { SubscriptionArn });
    const nowhere = { SubscriptionArn: `${NOWHERE}:0f8fad5b-d9cb-469f-a165-70867728950e` };
    await s.is("get-attrs-nonexistent-sub", "GetSubscriptionAttributes", nowhere);
  },
  async [`${CRUD}not_found_error_on_set_subscription_attributes`](s) {
    const { TopicArn } = await newTopic(s);
    const { arn: Endpoint } = await newQueue(s);
    const { SubscriptionArn } = await s.is("sub", "Subscribe", { TopicArn, Protocol: "sqs", Endpoint });
    await s.is("sub-attrs", "GetSubscriptionAttributes", { SubscriptionArn });
    await s.is("subscriptions-for-topic-before-unsub", "ListSubscriptionsByTopic", { TopicArn });
    await s.do("Unsubscribe", { SubscriptionArn });
    const set = { SubscriptionArn, AttributeName: "RawMessageDelivery", AttributeValue: "true" };
    await s.is("sub-not-found", "SetSubscriptionAttributes", set);
    await s.is("subscriptions-for-topic-after-unsub", "ListSubscriptionsByTopic", { TopicArn });
  },
  async [`${CRUD}validate_set_sub_attributes`](s) {
    const { SubscriptionArn } = await subscribed(s);
    const set = (label: string, AttributeName: string, AttributeValue: string) =>
      s.is(label, "SetSubscriptionAttributes", { SubscriptionArn, AttributeName, AttributeValue });
    await set("fake-attribute", "FakeAttribute", "test-value");
    await set("raw-message-wrong-value", "RawMessageDelivery", "test-ValUe");
    await set("raw-message-empty-value", "RawMessageDelivery", "");
    await set("fake-arn-redrive-policy", "RedrivePolicy", '{"deadLetterTargetArn": "fake-arn"}');
    await set("invalid-json-redrive-policy", "RedrivePolicy", "{invalidjson}");
    await set("invalid-json-filter-policy", "FilterPolicy", "{invalidjson}");
  },
  async [`${CRUD}sns_confirm_subscription_wrong_token`](s) {
    const { TopicArn } = await newTopic(s);
    const confirm = (label: string, topic: string, Token: string) =>
      s.is(label, "ConfirmSubscription", { TopicArn: topic, Token });
    await confirm("topic-not-exists", NOWHERE, WELL_FORMED);
    await confirm("invalid-token", TopicArn, "randomtoken");
    await confirm("token-not-exists", TopicArn, WELL_FORMED);
  },
  async [`${TO_QUEUES}subscribe_sqs_queue`](s) {
    const FilterPolicy = JSON.stringify({ attr1: [{ numeric: [">", 0, "<=", 100] }] });
    const { TopicArn, SubscriptionArn, ...queue } = await subscribed(s, { FilterPolicy });
    await s.is("subscription-attributes", "GetSubscriptionAttributes", { SubscriptionArn });
    const MessageAttributes = { attr1: text("99.12", "Number") };
    await s.do("Publish", { TopicArn, Message: "This is a test message", MessageAttributes });
    await arrives(s, "messages", queue);
  },
  async [`${TO_QUEUES}publish_unicode_chars`](s) {
    const { TopicArn, ...queue } = await subscribed(s);
    await s.do("Publish", { TopicArn, Message: 'ö§a1"_!?,. £$-' });
    await arrives(s, "received-message", queue);
  },
  async [`${TO_QUEUES}attribute_raw_subscribe`](s) {
    const { TopicArn, SubscriptionArn, ...queue } = await subscribed(s, { RawMessageDelivery: "true" });
    await s.is("subscription-attributes", "GetSubscriptionAttributes", { SubscriptionArn });
    const MessageAttributes = { store: bytes(new Uint8Array([2, 3, 4])) };
    await s.do("Publish", { TopicArn, Message: "This is a test message", MessageAttributes });
    await arrives(s, "messages-response", queue);
  },
  async [`${TO_QUEUES}sqs_topic_subscription_confirmation`](s) {
    const { SubscriptionArn } = await subscribed(s);
    const { Attributes } = await s.do("GetSubscriptionAttributes", { SubscriptionArn });
    s.matches("subscription-attrs", Attributes);
  },
  async [`${TO_QUEUES}publish_sqs_from_sns`](s) {
    const { TopicArn, SubscriptionArn, ...queue } = await subscribed(s);
    for (const AttributeValue of ["true", "false"]) {
      const set = { SubscriptionArn, AttributeName: "RawMessageDelivery", AttributeValue };
      await s.do("SetSubscriptionAttributes", set);
      await s.is(`sub-attrs-raw-${AttributeValue}`, "GetSubscriptionAttributes", { SubscriptionArn });
      const MessageAttributes = { attr1: text(AttributeValue === "true" ? "99.12" : "100.12", "Number") };
      await s.do("Publish", { TopicArn, Message: "Test msg", MessageAttributes });
      await arrives(s, `message-raw-${AttributeValue}`, queue);
    }
  },
  async [`${TO_QUEUES}publish_batch_messages_without_topic`](s) {
    const PublishBatchRequestEntries = [{ Id: "1", Message: "Test Message with two attributes" }];
    await s.is("publish-batch-no-topic", "PublishBatch", { TopicArn: NOWHERE, PublishBatchRequestEntries });
  },
  async [`${TO_QUEUES}publish_batch_exceptions`](s) {
    const { TopicArn: fifo } = await newTopic(s, { FifoTopic: "true" }, "recorded.fifo");
    const { TopicArn: standard } = await newTopic(s);
    const publish = (label: string, TopicArn: string, ...entries: object[]) =>
      s.is(label, "PublishBatch", { TopicArn, PublishBatchRequestEntries: entries });
    const Message = "Test message";
    await publish("no-group-id", fifo, { Id: "1", Message });
    const many = Array.from({ length: 11 }, (_, at) => ({ Id: `Id_${at}`, Message }));
    await publish("too-many-msg", standard, ...many);
    await publish("same-msg-id", standard, { Id: "1", Message }, { Id: "1", Message });
    await publish("no-dedup-id", fifo, { Id: "1", Message, MessageGroupId: "msg1" });
    const structured = { Id: "1", Message: '{"sqs": "SQS Message"}', MessageStructure: "json" };
    await publish("no-default-key-json", standard, structured);
  },
  async [`${TO_QUEUES}subscribe_to_sqs_with_queue_url`](s) {
    const { TopicArn } = await newTopic(s);
    const { QueueUrl: Endpoint } = await newQueue(s);
    await s.is("sub-queue-url", "Subscribe", { TopicArn, Protocol: "sqs", Endpoint });
  },
  async [`${TO_QUEUES}empty_or_wrong_message_attributes`](s) {
    const { TopicArn } = await newTopic(s);
    const Message = "test message";
    const refuses = async (label: string, attribute: object, name = "attr1"): Promise<void> => {
      const MessageAttributes = { [name]: attribute };
      await s.is(label, "Publish", { TopicArn, Message, MessageAttributes });
      const PublishBatchRequestEntries = [{ Id: "1", Message, MessageAttributes }];
      await s.is(`batch-${label}`, "PublishBatch", { TopicArn, PublishBatchRequestEntries });
    };
    await refuses("missing_string_attr", text(""));
    await refuses("fully_missing_string_attr", { DataType: "String" });
    await refuses("fully_missing_data_type", { StringValue: "value" });
    await refuses("missing_binary_attr", bytes(new Uint8Array(0)));
    await refuses("str_attr_binary_value", { DataType: "String", BinaryValue: Buffer.from("123") });
    await refuses("int_attr_binary_value", { DataType: "Number", BinaryValue: Buffer.from("123") });
    await refuses("binary_attr_string_value", text("123", "Binary"));
    await refuses("invalid_attr_string_value", text("123", "InvalidType"));
    await refuses("too_long_name", text("value"), "a".repeat(257));
    await refuses("invalid_name", text("value"), "a^*?");
    await refuses("invalid_name_2", text("value"), ".abc");
    await refuses("invalid_name_3", text("value"), "abc.");
    await refuses("invalid_name_4", text("value"), "a..bc");
  },
  async [`${TO_QUEUES}message_attributes_prefixes`](s) {
    const { TopicArn } = await subscribed(s);
    const publish = (label: string, type: string) =>
      s.is(label, "Publish", { TopicArn, Message: "test message", MessageAttributes: { attr1: text("1", type) } });
    await publish("publish-error", "InvalidType");
    await publish("publish-error-2", "Strings");
    await publish("publish-ok-1", "Number.prefixed");
    await publish("publish-ok-2", "String.prefixed");
  },
  async [`${TO_QUEUES}message_attributes_not_missing`](s) {
    const { TopicArn, ...queue } = await subscribed(s, { RawMessageDelivery: "true" });
    const more = {
      Message: "text",
      MessageAttributes: {
        "an-attribute-key": text("an-attribute-value"),
        "binary-attribute": bytes(new Uint8Array([2, 3, 4])),
      },
    };
    const all = { AttributeNames: ["All"] };
    await s.is("publish-msg-raw", "Publish", { TopicArn, ...more });
    await arrives(s, "raw-delivery-msg-attrs", queue, all);
    const { SubscriptionArn } = queue;
    const set = { SubscriptionArn, AttributeName: "RawMessageDelivery", AttributeValue: "false" };
    await s.do("SetSubscriptionAttributes", set);
    await s.is("publish-msg-json", "Publish", { TopicArn, ...more });
    await arrives(s, "json-delivery-msg-attrs", queue, all);
  },
});
