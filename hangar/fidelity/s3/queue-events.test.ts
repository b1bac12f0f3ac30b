// What S3 tells queues, and which configurations it refuses, as they were recorded from AWS (see ../NOTICE).

import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import {
  changeGrants,
  changeVersions,
  inOrder,
  messagesOf,
  newQueue,
  recordsOf,
  restore,
  type Queue,
} from "./destinations.ts";
import { BUCKET, recorded, type Answer, type Driver, type Session } from "./session.ts";

const SUITE = "TestS3NotificationsToSQS::test";
const Key = "key-of-an-object";
const configure = (s: Session, QueueConfigurations: object[], more: object = {}): Promise<Answer> =>
  s.do("PutBucketNotificationConfiguration", { NotificationConfiguration: { QueueConfigurations }, ...more });
const shown = (s: Session, label: string): Promise<Answer> => s.is(label, "GetBucketNotificationConfiguration");
const keyOf = (event: Answer): string => (event["s3"] as { object: { key: string } }).object.key;

/** One queue for these events; then what was done, and what came of it. */
const tells =
  (Events: string[], act: (s: Session) => Promise<unknown>, by: (event: Answer) => unknown = keyOf): Driver =>
  async (s) => {
    const queue = await newQueue(s);
    await configure(s, [{ QueueArn: queue.arn, Events }]);
    await act(s);
    s.matches("receive_messages", { messages: inOrder(await recordsOf(s, queue), by) });
  };
const put = (s: Session, key = Key, Body = "something"): Promise<Answer> => s.do("PutObject", { Key: key, Body });
const TagSet = [{ Key: "swallow_type", Value: "african" }];
const tag = async (s: Session): Promise<void> => {
  await put(s, Key, "FooBarBlitz");
  await s.do("PutObjectTagging", { Key, Tagging: { TagSet } });
};
const copy = (s: Session): Promise<Answer> => s.do("CopyObject", { CopySource: `${BUCKET}/${Key}`, Key: "copy" });
const refuses = (s: Session, label: string, queues: string[], more: object = {}): Promise<Answer> => {
  const events = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"];
  const QueueConfigurations = queues.map((QueueArn, at) => ({ Id: `id12${at + 3}`, QueueArn, Events: [events[at]] }));
  const NotificationConfiguration = { QueueConfigurations };
  return s.is(label, "PutBucketNotificationConfiguration", { NotificationConfiguration, ...more });
};
const NOWHERE = "arn:aws:sqs:us-east-1:000000000000:my-queue";

async function putPresigned(s: Session, client: S3Client, Bucket: string): Promise<void> {
  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: "key-by-hostname" }));
  const { status } = await s.send(url, { method: "PUT", headers: { "content-length": "9" }, body: "something" });
  if (status !== 200) throw new Error(`The presigned upload to ${Bucket} answered ${status}.`);
}

recorded(import.meta.url, "notifications-sqs", {
  [`${SUITE}_object_created_put`]: tells(["s3:ObjectCreated:Put"], async (s) => {
    await put(s, "my_key_0");
    await put(s, "my_key_1", "something else");
  }),
  [`${SUITE}_object_created_copy`]: tells(["s3:ObjectCreated:Copy"], async (s) => {
    await put(s);
    await copy(s);
  }),
  [`${SUITE}_object_created_and_object_removed`]: tells(
    ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
    async (s) => {
      await put(s);
      await copy(s);
      await s.do("DeleteObject", { Key });
    },
    (event) => event["eventName"],
  ),
  // What is not there is deleted too, and told.
  [`${SUITE}_delete_objects`]: tells(["s3:ObjectRemoved:*"], async (s) => {
    await put(s);
    const Objects = [{ Key }, { Key: "dummy1" }, { Key: "dummy2" }];
    await s.do("DeleteObjects", { Delete: { Objects, Quiet: true } });
  }),
  [`${SUITE}_object_created_complete_multipart_upload`]: tells(["s3:ObjectCreated:*"], async (s) => {
    const at = { Key: "test-key" };
    const { UploadId } = await s.do("CreateMultipartUpload", at);
    const { ETag } = await s.do("UploadPart", { ...at, UploadId, PartNumber: 1, Body: "1".repeat(6144) });
    await s.do("CompleteMultipartUpload", { ...at, UploadId, MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] } });
  }),
  [`${SUITE}_key_encoding`]: tells(["s3:ObjectCreated:*"], (s) => put(s, "a@b")),
  [`${SUITE}_object_tagging_put_event`]: tells(["s3:ObjectTagging:Put"], tag),
  [`${SUITE}_object_tagging_delete_event`]: tells(["s3:ObjectTagging:Delete"], async (s) => {
    await tag(s);
    await s.do("DeleteObjectTagging", { Key });
  }),
  [`${SUITE}_object_put_acl`]: tells(["s3:ObjectAcl:Put"], changeGrants),
  [`${SUITE}_restore_object`]: tells(["s3:ObjectRestore:*"], restore, (event) =>
    event["eventName"] === "ObjectRestore:Post" ? 0 : 1,
  ),
  async [`${SUITE}_object_created_put_versioned`](s) {
    const queue = await newQueue(s);
    await configure(s, [{ QueueArn: queue.arn, Events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"] }]);
    await changeVersions(s, async (label) => {
      const size = (event: Answer): string => String((event["s3"] as { object: { size?: number } }).object.size);
      const events = inOrder(await recordsOf(s, queue), (event) => `${String(event["eventName"])} ${size(event)}`);
      s.matches(label, events);
    });
  },
  async [`${SUITE}_object_created_put_with_presigned_url_upload`](s) {
    const there: [string, string, Queue][] = [];
    for (const [Bucket, region] of [
      [BUCKET, "us-east-1"],
      ["recorded-bucket-2", "eu-west-1"],
    ] as const) {
      const as = { region };
      const place = { CreateBucketConfiguration: { LocationConstraint: region } };
      if (Bucket !== BUCKET) await s.do("CreateBucket", { Bucket, ...place }, as);
      const queue = await newQueue(s, region);
      const QueueConfigurations = [{ QueueArn: queue.arn, Events: ["s3:ObjectCreated:*"] }];
      const NotificationConfiguration = { QueueConfigurations };
      await s.do("PutBucketNotificationConfiguration", { Bucket, NotificationConfiguration }, as);
      await putPresigned(s, s.client(as), Bucket);
      there.push([Bucket, region, queue]);
    }
    const labels = ["receive_messages", "receive_messages_region_2"];
    for (const [at, [, , queue]] of there.entries()) {
      s.matches(labels[at] ?? "", { messages: await recordsOf(s, queue) });
    }
  },
  async [`${SUITE}_xray_header`](s) {
    const queue = await newQueue(s);
    await configure(s, [{ QueueArn: queue.arn, Events: ["s3:ObjectCreated:*"] }]);
    const client = s.client();
    const header = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1";
    client.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers["x-amzn-trace-id"] = header;
        return next(args);
      },
      { step: "build" },
    );
    await put(s, "test-data");
    s.matches("receive_messages", { messages: await messagesOf(s, queue) });
  },
  async [`${SUITE}_notifications_with_filter`](s) {
    const { arn: QueueArn, ...queue } = await newQueue(s);
    const prefix = { Name: "Prefix", Value: "testupload/" };
    const Filter = { Key: { FilterRules: [prefix, { Name: "Suffix", Value: "testfile.txt" }] } };
    await configure(s, [
      { Id: "id0001", QueueArn, Events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"], Filter },
      { Id: "id0002", QueueArn, Events: ["s3:ObjectTagging:*"], Filter },
    ]);
    await shown(s, "config");
    await put(s, "/testdata", '{"test": "bucket_notification1"}');
    await put(s, "testupload/dir1/testfile.txt", '{"test": "bucket_notification2"}');
    const [message, ...others] = await recordsOf(s, { arn: QueueArn, ...queue });
    s.matches("message", others.length === 0 ? message : others);
    await s.do("PutBucketNotificationConfiguration", { NotificationConfiguration: {} });
    await shown(s, "config_empty");
    const one = { Id: "id123456", QueueArn, Events: ["s3:ObjectCreated:*"] };
    await configure(s, [one]);
    await shown(s, "config_updated");
    await configure(s, [{ ...one, Filter: { Key: { FilterRules: [prefix] } } }]);
    await shown(s, "config_updated_filter");
  },
  async [`${SUITE}_filter_rules_case_insensitive`](s) {
    const rules = [
      { Name: "PREFIX", Value: "notif-" },
      { Name: "suffix", Value: ".txt" },
    ];
    await filtered(s, rules);
  },
  async [`${SUITE}_filter_rules_empty_value`](s) {
    await filtered(s, [{ Name: "suffix", Value: "" }]);
  },
  async [`${SUITE}_invalid_sqs_arn`](s) {
    await refuses(s, "invalid_not_skip", ["invalid-queue"], { SkipDestinationValidation: false });
    await refuses(s, "invalid_skip", ["invalid-queue"], { SkipDestinationValidation: true });
    await refuses(s, "queue-does-not-exist", [NOWHERE]);
    const unproven = { SkipDestinationValidation: true };
    await configure(s, [{ Id: "id123", QueueArn: NOWHERE, Events: ["s3:ObjectCreated:*"] }], unproven);
    await shown(s, "skip_destination_validation");
  },
  async [`${SUITE}_multiple_invalid_sqs_arns`](s) {
    await refuses(s, "two-queue-arns-invalid", ["invalid_arn", "invalid_arn_2"]);
    await refuses(s, "one-queue-invalid-one-not-existent", [NOWHERE, "invalid_arn_2"]);
    await refuses(s, "multiple-queues-do-not-exist", [NOWHERE, `${NOWHERE}-2`]);
  },
});

async function filtered(s: Session, FilterRules: object[]): Promise<void> {
  const QueueArn = `${NOWHERE}-1`;
  const each = { QueueArn, Events: ["s3:ObjectCreated:*"], Filter: { Key: { FilterRules } } };
  await configure(s, [each], { SkipDestinationValidation: true });
  await shown(s, "bucket_notification_configuration");
}
