// Queues, their attributes, tags and permissions, as they were recorded from AWS (see ../NOTICE).

import { inBothProtocols, newFifoQueue, newQueue, recorded, type Queue } from "./session.ts";

const T = "TestSqsProvider::test_";
const all = { AttributeNames: ["All"] };

const set = (queue: Queue, Attributes: object): Promise<object> => queue.do("SetQueueAttributes", { Attributes });

async function refusesType(queue: Queue, FifoQueue: string): Promise<void> {
  await queue.is("invalid-attr-name-1", "SetQueueAttributes", { Attributes: { FifoQueue } });
  const other = String(FifoQueue !== "true");
  await queue.is("invalid-attr-name-2", "SetQueueAttributes", { Attributes: { FifoQueue: other } });
}

recorded(import.meta.url, "sqs", {
  ...inBothProtocols({
    async [`${T}tag_untag_queue`](s) {
      const queue = await newQueue(s);
      await queue.do("TagQueue", { Tags: { tag1: "value1", tag2: "value2", tag3: "" } });
      await queue.is("get-tag-1", "ListQueueTags");
      await queue.do("UntagQueue", { TagKeys: ["tag1", "tag3"] });
      await queue.is("get-tag-2", "ListQueueTags");
      await queue.do("UntagQueue", { TagKeys: ["tag2"] });
      await queue.is("get-tag-after-untag", "ListQueueTags");
    },
    async [`${T}create_queue_with_different_attributes_raises_exception`](s) {
      s.usual = {};
      const QueueName = "recorded";
      const create = (label: string, DelaySeconds: string) =>
        s.is(label, "CreateQueue", { QueueName, Attributes: { DelaySeconds } });
      await newQueue(s);
      await create("create_queue_01", "1");
      await create("create_queue_02", "2");
    },
    async [`${T}create_fifo_queue_with_different_attributes_raises_error`](s) {
      s.usual = {};
      await newFifoQueue(s, { ContentBasedDeduplication: "true" });
      const Attributes = { FifoQueue: "true", ContentBasedDeduplication: "false" };
      await s.is("queue-already-exists", "CreateQueue", { QueueName: "recorded.fifo", Attributes });
    },
    async [`${T}create_and_update_queue_attributes`](s) {
      const waiting = { ReceiveMessageWaitTimeSeconds: "10", VisibilityTimeout: "20" };
      const queue = await newQueue(s, { MessageRetentionPeriod: "604800", ...waiting });
      await queue.is("get_queue_attributes", "GetQueueAttributes", all);
      await set(queue, { DelaySeconds: "420", MaximumMessageSize: "2048", VisibilityTimeout: "69" });
      await queue.is("get_updated_queue_attributes", "GetQueueAttributes", all);
    },
    async [`${T}fifo_set_content_based_deduplication_strategy`](s) {
      const queue = await newFifoQueue(s, { ContentBasedDeduplication: "true" });
      await queue.is("before-update", "GetQueueAttributes", all);
      await set(queue, { ContentBasedDeduplication: "false" });
      await queue.is("after-update", "GetQueueAttributes", all);
    },
    async [`${T}set_unsupported_attribute_fifo`](s) {
      const standard = await newQueue(s);
      await standard.is("invalid-attr-name-1", "SetQueueAttributes", { Attributes: { FifoQueue: "true" } });
      const fifo = await newFifoQueue(s);
      await set(fifo, { FifoQueue: "true" });
      await fifo.is("invalid-attr-name-2", "SetQueueAttributes", { Attributes: { FifoQueue: "false" } });
    },
    async [`${T}set_unsupported_attribute_standard`](s) {
      await refusesType(await newQueue(s), "true");
    },
    async [`${T}create_standard_queue_with_fifo_attribute_raises_error`](s) {
      s.usual = {};
      const create = (label: string, Attributes: object) =>
        s.is(`invalid-attribute-${label}`, "CreateQueue", { QueueName: "recorded", Attributes });
      await create("fifo-queue", { FifoQueue: "false" });
      await create("content-based-deduplication", { ContentBasedDeduplication: "false" });
      await create("deduplication-scope", { DeduplicationScope: "queue" });
      await create("throughput-limit", { FifoThroughputLimit: "perQueue" });
    },
    async [`${T}sse_queue_attributes`](s) {
      const AttributeNames = ["KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled"];
      const Attributes = { KmsMasterKeyId: "testKeyId", KmsDataKeyReusePeriodSeconds: "6000" };
      const keyed = await newQueue(s, { ...Attributes, SqsManagedSseEnabled: "false" });
      await keyed.is("sse_kms_attributes", "GetQueueAttributes", { AttributeNames });
      const managed = await newQueue(s, {}, "managed");
      await set(managed, { SqsManagedSseEnabled: "true" });
      await managed.is("sse_sqs_attributes", "GetQueueAttributes", { AttributeNames });
    },
    async [`${T}sse_kms_and_sqs_are_mutually_exclusive`](s) {
      const queue = await newQueue(s, { SqsManagedSseEnabled: "true" });
      const both = { KmsMasterKeyId: "testKeyId", SqsManagedSseEnabled: "true" };
      await s.says("error", "SetQueueAttributes", { QueueUrl: queue.url, Attributes: both });
    },
    async [`${T}set_queue_attributes_default_values`](s) {
      const queue = await newQueue(s);
      await queue.is("get-queue-attributes-initial-values", "GetQueueAttributes", all);
      await set(queue, { KmsMasterKeyId: "testKeyId", KmsDataKeyReusePeriodSeconds: "6000" });
      await queue.is("get-queue-attributes-after-update", "GetQueueAttributes", all);
      await set(queue, { KmsMasterKeyId: "", KmsDataKeyReusePeriodSeconds: "" });
      await queue.is("get-queue-attributes-after-set-to-defaults", "GetQueueAttributes", all);
    },
    async [`${T}set_empty_redrive_policy`](s) {
      const queue = await newQueue(s);
      const dead = await newQueue(s, {}, "dead");
      await set(queue, { RedrivePolicy: "" });
      await set(queue, { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: "3" }) });
      await set(queue, { RedrivePolicy: "" });
    },
    async [`${T}sqs_permission_lifecycle`](s) {
      const queue = await newQueue(s);
      const policy = (label: string): Promise<object> =>
        queue.is(`get-queue-policy-attribute${label}`, "GetQueueAttributes", { AttributeNames: ["Policy"] });
      const permit = (Label: string, ...AWSAccountIds: string[]): object => ({
        Label,
        AWSAccountIds,
        Actions: ["ReceiveMessage"],
      });
      const Label = "crossaccountpermission";
      await queue.is("add-permission-response", "AddPermission", permit(Label, "668614515564", "000000000000"));
      await policy("");
      await queue.is("remove-permission-response", "RemovePermission", { Label });
      await policy("-after-removal");
      await queue.do("AddPermission", permit(Label, "000000000000"));
      await policy("-first-account-same-label");
      const again = "get-queue-policy-attribute-second-account-same-label";
      await queue.is(again, "AddPermission", permit(Label, "668614515564"));
      await queue.do("AddPermission", permit(`${Label}2`, "000000000000"));
      await policy("-second-account-different-label");
      await queue.do("RemovePermission", { Label });
      await policy("-delete-first-permission");
      await queue.do("RemovePermission", { Label: `${Label}2` });
      await policy("-delete-second-permission");
      const none = "get-queue-policy-attribute-delete-non-existent-label";
      await queue.is(none, "RemovePermission", { Label: `${Label}2` });
    },
    async [`${T}successive_purge_calls_fail`](s) {
      const queue = await newQueue(s);
      await queue.do("PurgeQueue");
      await queue.is("purge_queue_error", "PurgeQueue");
    },
  }),
  async [`${T}non_existent_queue`](s) {
    const nowhere = { QueueUrl: "http://localhost:4566/000000000000/nowhere" };
    await s.is("queue-does-not-exist", "GetQueueAttributes", nowhere);
    await s.is("queue-does-not-exist-url", "GetQueueUrl", { QueueName: "nowhere" });
    await s.is("queue-does-not-exist-query", "GetQueueAttributes", nowhere, { query: true });
  },
});
