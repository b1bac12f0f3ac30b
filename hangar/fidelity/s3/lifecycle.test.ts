// Lifecycle rules and what objects say of them, as they were recorded from AWS (see ../NOTICE).

import { recorded, type Answer, type Driver, type Session } from "./session.ts";

const LIFECYCLE = "TestS3BucketLifecycle::test";
const Key = "test-object-expiry";
const put = (s: Session, ...Rules: object[]): Promise<Answer> =>
  s.do("PutBucketLifecycleConfiguration", { LifecycleConfiguration: { Rules } });
const rule = (ID: string, Filter: object, Expiration: object = { Days: 7 }): object => ({
  ID,
  Filter,
  Status: "Enabled",
  Expiration,
});
const shown = (s: Session): Promise<Answer> => s.is("get-bucket-lifecycle-conf", "GetBucketLifecycleConfiguration");

const afterwards: Driver = async (s) => {
  await s.is("put-object-before", "PutObject", { Key, Body: "test" });
  await put(s, rule("rule3", {}));
  await shown(s);
  await s.is("head-object-expiry-before", "HeadObject", { Key });
  await s.is("put-object-after", "PutObject", { Key, Body: "test" });
  await s.is("head-object-expiry-after", "HeadObject", { Key });
};

recorded(import.meta.url, "general", {
  async [`${LIFECYCLE}_delete_bucket_lifecycle_configuration`](s) {
    await s.is("get-bucket-lifecycle-exc-1", "GetBucketLifecycleConfiguration");
    await s.is("delete-bucket-lifecycle-no-bucket", "DeleteBucketLifecycle");
    await put(s, rule("wholebucket", { Prefix: "" }));
    await shown(s);
    await s.do("DeleteBucketLifecycle");
    await s.is("get-bucket-lifecycle-exc-2", "GetBucketLifecycleConfiguration");
  },
  async [`${LIFECYCLE}_delete_lifecycle_configuration_on_bucket_deletion`](s) {
    await put(s, rule("wholebucket", { Prefix: "" }));
    await shown(s);
    await s.do("DeleteBucket");
    await s.do("CreateBucket");
    await s.is("get-bucket-lifecycle-exc", "GetBucketLifecycleConfiguration");
  },
  async [`${LIFECYCLE}_put_bucket_lifecycle_conf_exc`](s) {
    const refused = (label: string, each: object): Promise<Answer> =>
      s.is(label, "PutBucketLifecycleConfiguration", { LifecycleConfiguration: { Rules: [each] } });
    const Expiration = { Days: 7 };
    await refused("missing-id", { Expiration, Status: "Enabled" });
    await refused("missing-filter", { Expiration, ID: "wholebucket", Status: "Enabled" });
    const empty = { ...rule("wholebucket", {}), NoncurrentVersionExpiration: {} };
    await refused("missing-noncurrent-version-expiration-data", empty);
    await refused("wrong-filter-and-plus-prefix", rule("wholebucket", { And: { Prefix: "test" }, Prefix: "" }));
    const sized = rule("wholebucket", { ObjectSizeGreaterThan: 500, Prefix: "" });
    await refused("wrong-filter-and-and-object-size", sized);
    const odd = rule("wrong-data", {}, { Date: new Date("2023-01-01T02:02:00Z") });
    await refused("wrong-data-no-midnight", odd);
    const Tags = ["positive", "positive-two"].map((Value) => ({ Key: "testlifecycle", Value }));
    await refused("duplicate-tag-keys", rule("duplicate-tag-keys", { And: { Tags } }, { Days: 1 }));
    const both = rule("expired-delete-marker-and-days", {}, { Days: 1, ExpiredObjectDeleteMarker: true });
    await refused("expired-delete-marker-and-days", both);
  },
  async [`${LIFECYCLE}_bucket_lifecycle_configuration_date`](s) {
    await put(s, rule("rule_number_one", {}, { Date: new Date("2023-01-01T00:00:00Z") }));
    await shown(s);
  },
  async [`${LIFECYCLE}_bucket_lifecycle_configuration_object_expiry`](s) {
    await put(s, rule("rule_number_one", { Prefix: "" }));
    await shown(s);
    await s.do("PutObject", { Key, Body: "test" });
    await s.is("head-object-expiry", "HeadObject", { Key });
    await s.is("get-object-expiry", "GetObject", { Key });
  },
  async [`${LIFECYCLE}_bucket_lifecycle_configuration_object_expiry_versioned`](s) {
    await s.do("PutBucketVersioning", { VersioningConfiguration: { Status: "Enabled" } });
    await put(s, { ...rule("rule2", {}, { Days: 3 }), NoncurrentVersionExpiration: { NoncurrentDays: 1 } });
    await shown(s);
    const one = await s.do("PutObject", { Key, Body: "test" });
    await s.is("head-object-expiry", "HeadObject", { Key });
    const two = await s.do("PutObject", { Key, Body: "test" });
    await s.is("head-object-expiry-noncurrent", "HeadObject", { Key, VersionId: one.VersionId });
    await s.is("head-object-expiry-current-with-version-id", "HeadObject", { Key, VersionId: two.VersionId });
    await s.is("head-object-expiry-current-without-version-id", "HeadObject", { Key });
  },
  [`${LIFECYCLE}_object_expiry_after_bucket_lifecycle_configuration`]: afterwards,
  async [`${LIFECYCLE}_bucket_lifecycle_multiple_rules`](s) {
    const prefixes = { rule_one: "testobject", rule_two: "test", rule_three: "t" };
    await put(s, ...Object.entries(prefixes).map(([id, Prefix]) => rule(id, { Prefix })));
    await shown(s);
    await s.is("put-object-match-both-rules", "PutObject", { Key: "testobject-expiry", Body: "test" });
    await s.is("put-object-match-rule-2", "PutObject", { Key: "test-one-rule", Body: "test" });
    await s.is("put-object-no-match", "PutObject", { Key: "no-rules", Body: "test" });
  },
  async [`${LIFECYCLE}_bucket_lifecycle_object_size_rules`](s) {
    await put(s, rule("rule_one", { ObjectSizeGreaterThan: 20 }), rule("rule_two", { ObjectSizeLessThan: 10 }));
    await shown(s);
    await s.is("put-object-match-rule-1", "PutObject", { Key: "testobject-expiry", Body: "a".repeat(22) });
    await s.is("put-object-match-rule-2", "PutObject", { Key: "test-one-rule", Body: "a".repeat(5) });
    await s.is("put-object-no-match", "PutObject", { Key: "no-rules", Body: "a".repeat(15) });
  },
  async [`${LIFECYCLE}_bucket_lifecycle_tag_rules`](s) {
    const Tag = { Key: "testlifecycle", Value: "positive" };
    const Tags = [Tag, { Key: "testlifecycletwo", Value: "positive-two" }];
    await put(s, rule("rule_one", { Tag }), rule("rule_two", { And: { Tags } }));
    await shown(s);
    const both = async (label: string, key: string, Tagging?: string): Promise<void> => {
      const tagged = Tagging === undefined ? {} : { Tagging };
      await s.is(`put-object-${label}`, "PutObject", { Key: key, Body: "test", ...tagged });
      await s.is(`get-object-${label}`, "GetObject", { Key: key });
    };
    const two = "testlifecycle=positive&testlifecycletwo=positivetwo";
    await both("match-both-rules", "testobject-expiry", two);
    await both("match-rule-1", "test-one-rule", "testlifecycle=positive");
    await both("no-match", "no-rules", "testlifecycle2=positivetwo");
    await both("no-tags", "no-tags");
  },
  async [`${LIFECYCLE}_lifecycle_expired_object_delete_marker`](s) {
    await put(s, rule("rule-marker", {}, { ExpiredObjectDeleteMarker: true }));
    await shown(s);
    const at = { Key: "test-expired-object-delete-marker" };
    await s.is("put-object", "PutObject", { ...at, Body: "test" });
    await s.is("head-object", "HeadObject", at);
  },
});
