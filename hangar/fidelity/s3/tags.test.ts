// Tags of buckets and objects, as they were recorded from AWS (see ../NOTICE).

import { recorded } from "./session.ts";

const TAGGING = "TestS3BucketObjectTagging";
const tags = (...pairs: [string | null, string | null][]): object => ({
  Tagging: {
    TagSet: pairs.map(([Key, Value]) => ({ ...(Key !== null && { Key }), ...(Value !== null && { Value }) })),
  },
});
const created = (...pairs: [string | null, string | null][]): object => ({
  Bucket: "test-bucket-tag",
  CreateBucketConfiguration: { Tags: (tags(...pairs) as { Tagging: { TagSet: object[] } }).Tagging.TagSet },
});
const EAST = { region: "us-east-1" };
const Bucket = "test-bucket-tag";
const byKey = (answer: object): object => {
  const { TagSet } = answer as { TagSet: { Key: string }[] };
  return { ...answer, TagSet: TagSet.toSorted((one, other) => (one.Key < other.Key ? -1 : 1)) };
};

recorded(import.meta.url, "api", {
  async [`${TAGGING}::test_bucket_tagging_crud`](s) {
    await s.is("get-bucket-tags-empty", "GetBucketTagging");
    await s.is("put-bucket-tags", "PutBucketTagging", tags(["tag1", "tag1"], ["tag2", ""]));
    await s.is("get-bucket-tags", "GetBucketTagging");
    await s.is("put-bucket-tags-overwrite", "PutBucketTagging", tags(["tag3", "tag3"]));
    await s.is("get-bucket-tags-overwritten", "GetBucketTagging");
    await s.is("delete-bucket-tags", "DeleteBucketTagging");
    await s.do("DeleteBucketTagging");
    await s.is("put-bucket-tags-empty", "PutBucketTagging", tags());
  },
  async [`${TAGGING}::test_create_bucket_with_tags`](s) {
    await s.is("create-bucket-with-tags", "CreateBucket", created(["tag1", "value1"]));
    await s.is("get-bucket-tags", "GetBucketTagging", { Bucket });
  },
  async [`${TAGGING}::test_create_bucket_with_empty_tags`](s) {
    await s.is("create-bucket-with-empty-tags", "CreateBucket", created());
    await s.is("get-bucket-tags", "GetBucketTagging", { Bucket });
    await s.is("create-bucket-with-none-tags", "CreateBucket", { Bucket, CreateBucketConfiguration: {} });
  },
  async [`${TAGGING}::test_create_bucket_with_tags_us_east_1_idempotency`](s) {
    await s.is("create-bucket-with-tags", "CreateBucket", created(["tag1", "value1"]), EAST);
    await s.is("get-bucket-tags", "GetBucketTagging", { Bucket });
    await s.is("create-bucket-different-tags", "CreateBucket", created(["tag2", "value2"]), EAST);
    await s.is("create-bucket-with-no-tags", "CreateBucket", { Bucket }, EAST);
    await s.is("get-bucket-tags-after-re-create", "GetBucketTagging", { Bucket });
    await s.is("create-bucket-with-same-tags", "CreateBucket", created(["tag1", "value1"]), EAST);
    await s.is("create-bucket-with-empty-tags", "CreateBucket", created(), EAST);
    await s.is("get-bucket-tags-after-create-empty", "GetBucketTagging", { Bucket });
  },
  async [`${TAGGING}::test_bucket_tagging_exc`](s) {
    const nowhere = { Bucket: "fake-bucket-1" };
    await s.is("get-no-bucket-tags", "GetBucketTagging", nowhere);
    await s.is("delete-no-bucket-tags", "DeleteBucketTagging", nowhere);
    await s.is("put-no-bucket-tags", "PutBucketTagging", { ...nowhere, ...tags() });
  },
  async [`${TAGGING}::test_put_bucket_tagging_none_value`](s) {
    await s.is("put-bucket-tags-origin", "PutBucketTagging", tags(["tag3", "tag3"]));
    await s.is("put-none-tag-set", "PutBucketTagging", { Tagging: {} });
    await s.is("no-such-tag-set", "GetBucketTagging");
  },
  async [`${TAGGING}::test_object_tagging_crud`](s) {
    const at = { Key: "test-object-tagging" };
    await s.is("put-object", "PutObject", { ...at, Body: "test-tagging" });
    await s.is("get-object-tags-empty", "GetObjectTagging", at);
    await s.is("put-object-tags", "PutObjectTagging", { ...at, ...tags(["tag1", "tag1"], ["tag2", ""]) });
    await s.is("get-object-tags", "GetObjectTagging", at);
    await s.is("put-object-tags-overwrite", "PutObjectTagging", { ...at, ...tags(["tag3", "tag3"]) });
    await s.is("get-object-tags-overwritten", "GetObjectTagging", at);
    await s.is("get-obj-after-tags", "GetObject", at);
    await s.is("delete-object-tags", "DeleteObjectTagging", at);
    await s.is("get-object-tags-deleted", "GetObjectTagging", at);
    await s.is("get-obj-after-tags-deleted", "GetObject", at);
  },
  async [`${TAGGING}::test_object_tagging_exc`](s) {
    const Key = "fake-key";
    const nowhere = { Bucket: "fake-bucket-1", Key };
    await s.is("get-no-bucket-tags", "GetObjectTagging", nowhere);
    await s.is("delete-no-bucket-tags", "DeleteObjectTagging", nowhere);
    await s.is("put-no-bucket-tags", "PutObjectTagging", { ...nowhere, ...tags() });
    await s.is("get-no-key-tags", "GetObjectTagging", { Key });
    await s.is("delete-no-key-tags", "DeleteObjectTagging", { Key });
    await s.is("put-no-key-tags", "PutObjectTagging", { Key, ...tags() });
    await s.is("put-obj-duplicate-tagging", "PutObject", { Key, Body: "", Tagging: "key1=val1&key1=val2" });
    await s.is("put-obj-wrong-format", "PutObject", { Key, Body: "", Tagging: "key1=val1,key2=val2" });
  },
  async [`${TAGGING}::test_put_object_tagging_none_value`](s) {
    const at = { Key: "test-empty-tag-set" };
    await s.do("PutObject", { ...at, Body: "test-tagging" });
    await s.is("put-none-tag-set", "PutObjectTagging", { ...at, Tagging: {} });
    await s.is("get-object-tags-none", "GetObjectTagging", at);
  },
  async [`${TAGGING}::test_object_tagging_versioned`](s) {
    await s.do("PutBucketVersioning", { VersioningConfiguration: { Status: "Enabled" } });
    const at = { Key: "test-version-tagging" };
    const one = await s.is("put-obj-0", "PutObject", { ...at, Body: "test-0", Tagging: "test_tag=tagv1" });
    await s.is("put-obj-1", "PutObject", { ...at, Body: "test-1" });
    const first = { ...at, VersionId: one.VersionId };
    await s.is("put-object-tags-current-version", "PutObjectTagging", { ...at, ...tags(["tag3", "tag3"]) });
    await s.is("get-object-tags-current-version", "GetObjectTagging", at);
    await s.is("get-object-tags-previous-version", "GetObjectTagging", first);
    const tag1 = tags(["tag1", "tag1"]);
    await s.is("put-object-tags-previous-version", "PutObjectTagging", { ...first, ...tag1 });
    await s.is("get-object-tags-previous-version-again", "GetObjectTagging", first);
    await s.do("DeleteObjectTagging", at);
    await s.is("get-object-tags-deleted-current", "GetObjectTagging", at);
    await s.do("DeleteObjectTagging", first);
    await s.is("get-object-tags-previous-version-deleted", "GetObjectTagging", at);
    const { VersionId } = await s.is("put-delete-marker", "DeleteObject", at);
    const marker = { ...at, VersionId };
    await s.is("put-object-tags-delete-marker-id", "PutObjectTagging", { ...marker, ...tag1 });
    await s.is("get-object-tags-delete-marker-id", "GetObjectTagging", marker);
    await s.is("delete-object-tags-delete-marker-id", "DeleteObjectTagging", marker);
    await s.is("put-object-tags-delete-marker-latest", "PutObjectTagging", { ...at, ...tag1 });
    await s.is("get-object-tags-delete-marker-latest", "GetObjectTagging", at);
    await s.is("delete-object-tags-delete-marker-latest", "DeleteObjectTagging", at);
  },
  async [`${TAGGING}::test_put_object_with_tags`](s) {
    const at = { Key: "test-put-object-tagging" };
    await s.is("put-object", "PutObject", { ...at, Body: "test-tagging", Tagging: "tag1=tag1&tag2=tag2&tag=" });
    s.matches("get-object-tags", byKey(await s.do("GetObjectTagging", at)));
    await s.is("put-object-tags", "PutObjectTagging", { ...at, ...tags(["tag3", "tag3"]) });
    await s.is("get-object-tags-override", "GetObjectTagging", at);
    await s.is("head-obj", "HeadObject", at);
    await s.is("get-obj", "GetObject", at);
    await s.do("PutObject", { ...at, Tagging: "wrongquery&wrongagain" });
    s.matches("get-object-tags-wrong-format-qs", byKey(await s.do("GetObjectTagging", at)));
    await s.do("PutObject", { ...at, Tagging: "key1&&&key2" });
    s.matches("get-object-tags-wrong-format-qs-2", byKey(await s.do("GetObjectTagging", at)));
  },
  async [`${TAGGING}::test_head_object_with_tags`](s) {
    const at = { Key: "test-put-object-tagging" };
    await s.is("put-object", "PutObject", { ...at, Body: "test-tagging", Tagging: "tag1=tag1&tag2=tag2&tag=" });
    await s.is("head-obj-after-create", "HeadObject", at);
    await s.is("put-object-tags", "PutObjectTagging", { ...at, ...tags(["tag3", "tag3"]) });
    await s.is("head-obj-after-tagging", "HeadObject", at);
    await s.do("PutObjectTagging", { ...at, ...tags(["tag3", "tag3"], ["tag4", "tag4"], ["tag5", "tag5"]) });
    await s.is("head-obj-after-overwrite", "HeadObject", at);
    await s.do("PutObjectTagging", { ...at, ...tags() });
    await s.is("head-obj-after-removal", "HeadObject", at);
  },
  async [`${TAGGING}::test_object_tags_delete_or_overwrite_object`](s) {
    const at = { Key: "test-put-object-tagging-kept" };
    await s.do("PutObject", { ...at, Body: "create", Tagging: "tag1=val1" });
    await s.is("get-object-after-creation", "GetObjectTagging", at);
    await s.do("PutObject", { ...at, Body: "overwrite" });
    await s.is("get-object-after-overwrite", "GetObjectTagging", at);
    await s.do("PutObjectTagging", { ...at, ...tags(["tag3", "tag3"]) });
    await s.do("DeleteObject", at);
    await s.do("PutObject", { ...at, Body: "recreate" });
    await s.is("get-object-after-recreation", "GetObjectTagging", at);
  },
  async [`${TAGGING}::test_tagging_validation`](s) {
    const at = { Key: "tagging-validation" };
    await s.do("PutObject", at);
    const bucket = (label: string, set: object): Promise<object> => s.is(label, "PutBucketTagging", set);
    const object = (label: string, set: object): Promise<object> => s.is(label, "PutObjectTagging", { ...at, ...set });
    const twice = tags(["Key1", "Val1"], ["Key1", "Val1"]);
    await bucket("put-bucket-tags-duplicate-keys", twice);
    await bucket("put-bucket-tags-invalid-key", tags(["Key1,Key2", "Val1"]));
    await bucket("put-bucket-tags-none-key", tags([null, "Val1"]));
    await bucket("put-bucket-tags-invalid-value", tags(["Key1", "Val1,Val2"]));
    await bucket("put-bucket-tags-none-value", tags(["key1", null]));
    await bucket("put-bucket-tags-aws-prefixed", tags(["aws:prefixed", "Val1"]));
    await object("put-object-tags-duplicate-keys", twice);
    await object("put-object-tags-invalid-field", tags(["Key1,Key2", "Val1"]));
    await object("put-object-tags-aws-prefixed", tags(["aws:prefixed", "Val1"]));
    await object("put-object-tags-none-key", tags([null, "Val1"]));
    await object("put-object-tags-none-value", tags(["key1", null]));
  },
});
