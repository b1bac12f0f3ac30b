// What S3 tells topics and EventBridge's default bus, as it was recorded from AWS (see ../NOTICE).

import {
  bodiesOf,
  changeGrants,
  changeVersions,
  inOrder,
  listen,
  newQueue,
  newTopic,
  restore,
  subscribe,
  type Queue,
} from "./destinations.ts";
import { BUCKET, recorded, type Answer, type Session } from "./session.ts";

const TOPIC = "TestS3NotificationsToSns::test";
const BRIDGE = "TestS3NotificationsToEventBridge::test";
const FUNCTION = "TestS3NotificationsToLambda::test";
const configure = (s: Session, NotificationConfiguration: object, more: object = {}): Promise<Answer> =>
  s.do("PutBucketNotificationConfiguration", { NotificationConfiguration, ...more });
const Events = ["s3:ObjectCreated:*"];
const put = (s: Session, Key: string, Body: string): Promise<Answer> => s.do("PutObject", { Key, Body });

/** A queue that is told by a topic, which is told of these events. */
async function toldByTopic(s: Session, Filter?: object): Promise<Queue> {
  const TopicArn = await newTopic(s);
  const queue = await newQueue(s);
  await subscribe(s, TopicArn, queue);
  const filter = Filter === undefined ? {} : { Filter };
  await configure(s, { TopicConfigurations: [{ TopicArn, Events, ...filter }] });
  return queue;
}

async function toldByBridge(s: Session): Promise<Queue> {
  const queue = await newQueue(s);
  await listen(s, queue);
  await configure(s, { EventBridgeConfiguration: {} });
  return queue;
}

/** A destination that is none, one that is not there, and that one unproven. */
async function unproven(s: Session, kind: "Topic" | "LambdaFunction", arn: string, absent?: string): Promise<void> {
  const operation = "PutBucketNotificationConfiguration";
  const input = (value: string): object => ({
    NotificationConfiguration: { [`${kind}Configurations`]: [{ Id: "id123", Events, [`${kind}Arn`]: value }] },
  });
  const invalid = input(kind === "Topic" ? "invalid-topic" : "invalid-queue");
  await s.is("invalid_not_skip", operation, { ...invalid, SkipDestinationValidation: false });
  await s.is("invalid_skip", operation, { ...invalid, SkipDestinationValidation: true });
  if (absent !== undefined) await s.is(absent, operation, input(arn));
  await s.do(operation, { ...input(arn), SkipDestinationValidation: true });
  await s.is("skip_destination_validation", "GetBucketNotificationConfiguration");
}

recorded(import.meta.url, "notifications-sns", {
  async [`${TOPIC}_object_created_put`](s) {
    const queue = await toldByTopic(s);
    await put(s, "bucket-key", "first event");
    await put(s, "bucket-key", "second event");
    const size = (event: Answer): string => /"size":(\d+)/.exec(String(event["Message"]))?.[1] ?? "";
    s.matches("receive_messages", { messages: inOrder(await bodiesOf(s, queue), size) });
  },
  async [`${TOPIC}_bucket_notifications_with_filter`](s) {
    const rules = { Prefix: "testupload/", Suffix: "testfile.txt" };
    const FilterRules = Object.entries(rules).map(([Name, Value]) => ({ Name, Value }));
    const queue = await toldByTopic(s, { Key: { FilterRules } });
    await put(s, "/testdata", '{"test": "bucket_notification1"}');
    await put(s, "testupload/dir1/testfile.txt", '{"test": "bucket_notification one"}');
    const [message, ...others] = await bodiesOf(s, queue);
    s.matches("message", others.length === 0 ? message : others);
  },
  async [`${TOPIC}_invalid_topic_arn`](s) {
    await unproven(s, "Topic", "arn:aws:sns:us-east-1:000000000000:my-topic");
  },
  async [`${TOPIC}_bucket_not_exist`](s) {
    const TopicConfigurations = [{ TopicArn: "arn:aws:sns:us-east-1:000000000000:my-topic", Events }];
    const input = { Bucket: "this-bucket-does-not-exist", NotificationConfiguration: { TopicConfigurations } };
    await s.is("bucket_not_exists", "PutBucketNotificationConfiguration", input);
  },
});

recorded(import.meta.url, "notifications-lambda", {
  async [`${FUNCTION}_invalid_lambda_arn`](s) {
    const arn = "arn:aws:lambda:us-east-1:000000000000:function:my-lambda";
    await unproven(s, "LambdaFunction", arn, "lambda-does-not-exist");
  },
});

recorded(import.meta.url, "notifications-eventbridge", {
  async [`${BRIDGE}_object_created_put`](s) {
    const queue = await toldByBridge(s);
    await put(s, "test-key", "data");
    await s.do("DeleteObject", { Key: "test-key" });
    const [created, deleted] = inOrder(await bodiesOf(s, queue), (event) => event["detail-type"]);
    s.matches("object_deleted", deleted);
    s.matches("object_created", created);
  },
  async [`${BRIDGE}_object_put_acl`](s) {
    const queue = await toldByBridge(s);
    await changeGrants(s);
    const messages = inOrder(await bodiesOf(s, queue), (event) => event["detail-type"]);
    s.matches("messages", { messages });
  },
  async [`${BRIDGE}_restore_object`](s) {
    const queue = await toldByBridge(s);
    await restore(s);
    const events = (await bodiesOf(s, queue)).filter((event) => event["detail-type"] !== "Object Created");
    const messages = inOrder(events, (event) => event["detail-type"]).toReversed();
    s.matches("messages", { messages });
  },
  async [`${BRIDGE}_object_created_put_in_different_region`](s) {
    const as = { region: "eu-west-1" };
    const Bucket = `${BUCKET}-2`;
    await s.do("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: as.region } }, as);
    const queue = await newQueue(s, as.region);
    await listen(s, queue, { bucket: Bucket, ...as });
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await s.do("PutBucketNotificationConfiguration", { Bucket, NotificationConfiguration }, as);
    for (const _client of ["the bucket's region", "another, redirected"]) {
      await s.do("PutObject", { Bucket, Key: "test-key", Body: "data" }, as);
    }
    s.matches("object-created-different-regions", { messages: await bodiesOf(s, queue) });
  },
  async [`${BRIDGE}_object_created_put_versioned`](s) {
    const queue = await toldByBridge(s);
    await changeVersions(s, async (label) => {
      const messages = inOrder(await bodiesOf(s, queue), (event) => event["detail-type"]);
      // The recording has the second half's events under both labels.
      if (label === "message-versioning-active") return;
      s.matches("message-versioning-active", messages);
      s.matches(label, messages);
    });
  },
});
