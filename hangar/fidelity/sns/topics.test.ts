// Topics, tags, permissions and what publishing refuses, as they were recorded from AWS (see ../NOTICE).

import { arrives, newTopic, recorded, subscribed, subscribe, newQueue } from "./session.ts";
import { SQS } from "../sqs/session.ts";

const CRUD = "TestSNSTopicCrud::test_";
const MORE = "TestSNSTopicCrudV2::test_";
const PUBLISH = "TestSNSPublishCrud::test_";
const NOWHERE = "arn:aws:sns:us-east-1:000000000000:nowhere";
const pair = (Key: string, Value: string): object => ({ Key, Value });
const onePolicy = (answer: Readonly<Record<string, unknown>>): unknown =>
  (answer["Attributes"] as { readonly Policy: string }).Policy;

recorded(import.meta.url, "sns", {
  async [`${CRUD}create_topic_with_attributes`](s) {
    const Attributes = { DisplayName: "TestTopic", SignatureVersion: "2", FifoTopic: "true" };
    const topic = await newTopic(s, Attributes, "recorded.fifo");
    await s.is("get-topic-attrs", "GetTopicAttributes", topic);
    await s.is("get-attrs-nonexistent-topic", "GetTopicAttributes", { TopicArn: NOWHERE });
    await s.is("get-attrs-malformed-topic", "GetTopicAttributes", { TopicArn: "test-topic" });
  },
  async [`${CRUD}tags`](s) {
    const { TopicArn: ResourceArn } = await newTopic(s);
    const tag = { ResourceArn, Tags: [pair("k1", "v1"), pair("k2", "v2")] };
    const twice = [pair("k1", "v1"), pair("k2", "v2"), pair("k2", "v2")];
    await s.is("duplicate-key-error", "TagResource", { ResourceArn, Tags: twice });
    await s.do("TagResource", tag);
    await s.is("list-created-tags", "ListTagsForResource", { ResourceArn });
    await s.do("UntagResource", { ResourceArn, TagKeys: ["k1"] });
    await s.is("list-after-delete-tags", "ListTagsForResource", { ResourceArn });
    await s.do("TagResource", { ResourceArn, Tags: [pair("k2", "v2b")] });
    await s.is("list-after-update-tags", "ListTagsForResource", { ResourceArn });
  },
  async [`${CRUD}tags_removed_after_deletion`](s) {
    const { TopicArn: ResourceArn } = await newTopic(s);
    await s.do("TagResource", { ResourceArn, Tags: [pair("k1", "v1"), pair("k2", "v2")] });
    await s.is("list-created-tags", "ListTagsForResource", { ResourceArn });
    await s.do("DeleteTopic", { TopicArn: ResourceArn });
    await newTopic(s);
    await s.is("list-empty-tags", "ListTagsForResource", { ResourceArn });
  },
  async [`${CRUD}create_topic_test_arn`](s) {
    const { TopicArn } = await s.is("create-topic", "CreateTopic", { Name: "recorded" });
    await s.is("get-topic-attrs", "GetTopicAttributes", { TopicArn });
    await s.is("delete-topic", "DeleteTopic", { TopicArn });
    await s.is("topic-not-exists", "GetTopicAttributes", { TopicArn });
  },
  async [`${CRUD}create_duplicate_topic_with_more_tags`](s) {
    await newTopic(s);
    await s.is("exception-duplicate", "CreateTopic", { Name: "recorded", Tags: [pair("key1", "value1")] });
  },
  async [`${CRUD}create_duplicate_topic_check_idempotency`](s) {
    const Tags = [pair("a", "1"), pair("b", "2")];
    await s.is("response-created", "CreateTopic", { Name: "recorded", Tags });
    const lists = [Tags, [Tags[0]], [Tags[1]]];
    for (const [at, each] of lists.entries())
      await s.is(`response-same-arn-${at}`, "CreateTopic", { Name: "recorded", Tags: each });
  },
  async [`${CRUD}create_topic_after_delete_with_new_tags`](s) {
    const { TopicArn } = await s.is("topic-0", "CreateTopic", { Name: "recorded" });
    await s.do("DeleteTopic", { TopicArn });
    await s.is("topic-1", "CreateTopic", { Name: "recorded", Tags: [pair("Name", "pqr")] });
  },
  async [`${MORE}create_topic_different_attrs`](s) {
    const create = (label: string, Attributes?: object) =>
      s.is(label, "CreateTopic", { Name: "recorded", ...(Attributes === undefined ? {} : { Attributes }) });
    const { TopicArn } = await create("create-topic", { DisplayName: "Value1" });
    await create("create-topic-no-attrs");
    await s.is("topic-attrs", "GetTopicAttributes", { TopicArn });
    await create("create-topic-diff-attrs", { DisplayName: "Value2" });
    await create("create-topic-new-attrs-fifo", { FifoTopic: "true" });
    await create("create-topic-new-attrs", { SignatureVersion: "2" });
    await create("create-topic-new-and-same-attrs", { DisplayName: "Value1", SignatureVersion: "2" });
  },
  async [`${MORE}topic_add_permission`](s) {
    const topic = await newTopic(s);
    const permission = { ...topic, Label: "test", AWSAccountId: ["000000000000"], ActionName: ["Publish"] };
    await s.is("add-permission-response", "AddPermission", permission);
    s.matches("topic-policy-after-permission", onePolicy(await s.do("GetTopicAttributes", topic)));
  },
  async [`${MORE}add_permission_errors`](s) {
    const topic = await newTopic(s);
    const permission = { Label: "test", AWSAccountId: ["000000000000"], ActionName: ["Publish"] };
    await s.do("AddPermission", { ...topic, ...permission });
    const twice = { ...topic, ...permission, ActionName: ["AddPermission"] };
    await s.is("duplicate-label", "AddPermission", twice);
    await s.is("topic-not-found", "AddPermission", { TopicArn: `${topic.TopicArn}-extra`, ...permission });
    const unknown = { ...topic, ...permission, Label: "test-2", ActionName: ["InvalidAction"] };
    await s.is("invalid-action", "AddPermission", unknown);
  },
  async [`${MORE}remove_permission_errors`](s) {
    const { TopicArn } = await newTopic(s);
    await s.is("topic-not-found", "RemovePermission", { TopicArn: `${TopicArn}-extra`, Label: "test" });
  },
  async [`${PUBLISH}publish_wrong_arn_format`](s) {
    await s.is("invalid-topic-arn", "Publish", { Message: "message", TopicArn: "randomstring" });
    await s.is("invalid-topic-arn-1", "Publish", { Message: "message", TopicArn: "randomstring:1" });
    await s.is("empty-topic", "Publish", { Message: "message", TopicArn: "" });
  },
  async [`${PUBLISH}publish_message_by_target_arn`](s) {
    const { TopicArn, ...queue } = await subscribed(s);
    await s.do("Publish", { TopicArn, Message: "test-msg-1" });
    await arrives(s, "receive-topic-arn", queue);
    await s.do("Publish", { TargetArn: TopicArn, Message: "test-msg-2" });
    await arrives(s, "receive-target-arn", queue);
  },
  async [`${PUBLISH}publish_message_before_subscribe_topic`](s) {
    const { TopicArn } = await newTopic(s);
    const publish = (label: string, word: string) =>
      s.is(label, "Publish", { TopicArn, Subject: `test-subject-${word}-sub`, Message: `test_message_${word}` });
    await publish("publish-before-subscribing", "before");
    const queue = await newQueue(s);
    await subscribe(s, TopicArn, queue);
    await publish("publish-after-subscribing", "after");
    await arrives(s, "receive-messages", queue, { MaxNumberOfMessages: 10 });
  },
  async [`${PUBLISH}unknown_topic_publish`](s) {
    const { TopicArn } = await newTopic(s);
    await s.is("success", "Publish", { TopicArn, Message: "This is a test message" });
    await s.is("error", "Publish", { TopicArn: NOWHERE, Message: "This is a test message" });
  },
  async [`${PUBLISH}publish_non_existent_target`](s) {
    const TargetArn = "arn:aws:sns:us-east-1:000000000000:endpoint/APNS/abcdef/0f7d5971-aa8b-4bd5-b585-0826e9f93a66";
    await s.is("non-existent-endpoint", "Publish", { TargetArn, Message: "This is a push notification" });
  },
  async [`${PUBLISH}publish_with_empty_subject`](s) {
    const { TopicArn } = await newTopic(s);
    const message = { TopicArn, Message: "message" };
    await s.is("response-without-subject", "Publish", message);
    await s.is("response-with-empty-subject", "Publish", { ...message, Subject: "" });
  },
  async [`${PUBLISH}empty_sns_message`](s) {
    const { TopicArn, QueueUrl } = await subscribed(s);
    await s.is("empty-msg-error", "Publish", { TopicArn, Message: "" });
    const asked = { QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] };
    s.matches("queue-attrs", await s.with(SQS).do("GetQueueAttributes", asked));
  },
  async [`${PUBLISH}publish_too_long_message`](s) {
    const { TopicArn } = await newTopic(s);
    await s.is("error", "Publish", { TopicArn, Message: "a".repeat(262_145) });
    const MessageAttributes = { testkey: { DataType: "String", StringValue: "value" } };
    await s.is("error-with-attrs", "Publish", { TopicArn, Message: "a".repeat(262_144), MessageAttributes });
  },
  async [`${PUBLISH}message_structure_json_exc`](s) {
    const { TopicArn } = await newTopic(s);
    const publish = (label: string, Message: string) =>
      s.is(label, "Publish", { TopicArn, Message, MessageStructure: "json" });
    await publish("missing-default-key", '{"sqs": "This is a test message"}');
    await publish("invalid-json", '{"default": "This is a default message"} }');
    await publish("duplicate-json-keys", '{"default": "default", "default": "second default"}');
    await publish("key-is-not-string", '{"default": {"object": "test"}}');
  },
  async [`${PUBLISH}publish_batch_invalid_entry_id`](s) {
    const { TopicArn } = await newTopic(s);
    const publish = (label: string, Id: string) =>
      s.is(label, "PublishBatch", { TopicArn, PublishBatchRequestEntries: [{ Id, Message: "message" }] });
    await publish("invalid-char-dot", "message.id");
    await publish("invalid-char-special", "msg@123#test");
    await publish("id-too-long-81", "a".repeat(81));
    await publish("id-too-long-91", `my${"really".repeat(13)}longid`);
    await publish("valid-id-80-chars", "a".repeat(80));
    await publish("valid-id-with-hyphen-underscore", "valid-message_123");
  },
});
