// Objects, their keys, metadata, attributes and listings, as they were recorded from AWS (see ../NOTICE).

import { dictionaryOf } from "../../protocols/xml-dictionary.ts";
import { BUCKET, recorded, type Driver, type Session } from "./session.ts";

const ENABLED = { VersioningConfiguration: { Status: "Enabled" } };
const nowhere = { Bucket: "does-not-exist-1" };
const ATTRIBUTES = ["StorageClass", "ETag", "ObjectSize", "ObjectParts", "Checksum"];

const specialCharacter =
  (Key: string): Driver =>
  async (s) => {
    await s.is("put-object-special-char", "PutObject", { Key, Body: "test" });
    await s.is("list-object-special-char", "ListObjectsV2");
    await s.is("get-object-special-char", "GetObject", { Key });
    await s.is("del-object-special-char", "DeleteObject", { Key });
  };
const special = "file%2Fname|test@key/|test%123|test%percent|test key/|test key//|test%123/|a/%F0%9F%98%80/".split("|");

/** Everyone may do everything. */
async function letIn(s: Session): Promise<void> {
  await s.do("DeletePublicAccessBlock");
  const Resource = [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`];
  const Statement = [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource }];
  await s.do("PutBucketPolicy", { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
}

const slashes =
  (virtual: boolean): Driver =>
  async (s) => {
    await s.do("PutObject", { Key: "/foo", Body: "foobar" }, { virtual });
    await s.do("PutObject", { Key: "bar", Body: "barfoo" }, { virtual });
    await s.do("PutObject", { Key: "/bar/foo/", Body: "test" }, { virtual });
    await s.is("list-objects-slashes", "ListObjectsV2", {}, { virtual });
  };
const encodedKey =
  (virtual: boolean): Driver =>
  async (s) => {
    await s.do("PutObject", { Key: "test@key/", Body: "test-non-encoded" }, { virtual });
    await s.do("PutObject", { Key: "test%40key/", Body: "test-encoded" }, { virtual });
    await s.do("PutObject", { Key: "test%40key", Body: "test-encoded-no-trailing" }, { virtual });
    await s.is("list-object-encoded-char", "ListObjectsV2", {}, { virtual });
  };

const conditions =
  (operation: "GetObject" | "HeadObject"): Driver =>
  async (s) => {
    const Key = "test-object";
    const { ETag } = await s.do("PutObject", { Key, Body: "data" });
    const modified = (await s.do("HeadObject", { Key }))["LastModified"];
    await s.cloud.clock.advance("3 seconds");
    const now = s.cloud.clock.now();
    const IfModifiedSince = new Date(now);
    const day = 86_400_000;
    const IfUnmodifiedSince = new Date(now - day);
    const IfNoneMatch = ETag;
    const read = (label: string, input: object): Promise<object> => s.is(label, operation, { Key, ...input });
    const all = { IfModifiedSince, IfUnmodifiedSince, IfNoneMatch };
    await read("precondition-if-match", { ...all, IfMatch: "etag123" });
    await read("precondition-if-unmodified-since", all);
    await read("precondition-if-none-match", { IfModifiedSince, IfNoneMatch });
    await read("copy-precondition-if-modified-since", { IfModifiedSince });
    await read("obj-ignore-future-modified-since", { IfModifiedSince: new Date(now + day) });
    const bare = ETag.replaceAll('"', "");
    await read("etag-missing-quotes", { IfModifiedSince, IfNoneMatch: bare });
    await read("precondition-if-unmodified-since-is-object", { IfUnmodifiedSince: modified });
    await read("precondition-if-modified-since-is-object", { IfModifiedSince: modified });
    const positive = { IfModifiedSince: new Date(now - day), IfUnmodifiedSince: new Date(now) };
    await read("obj-success", { IfMatch: bare, IfNoneMatch: "etag123", ...positive });
  };

recorded(import.meta.url, "general", {
  async "TestS3::test_region_header_exists_outside_us_east_1"(s) {
    const Bucket = "european";
    await s.do("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } });
    await s.is("head_bucket", "HeadBucket", { Bucket }, { region: "eu-west-1" });
    await s.is("list_objects_v2", "ListObjectsV2", { Bucket }, { region: "eu-west-1" });
  },
  async "TestS3::test_delete_bucket_with_content"(s) {
    const keys = Array.from({ length: 10 }, (_, at) => `test-key-${at}`);
    for (const [at, Key] of keys.entries()) await s.do("PutObject", { Key, Body: `test-${at}` });
    await s.is("list-objects", "ListObjects", { MaxKeys: 100 });
    await s.do("DeleteObjects", { Delete: { Objects: keys.map((Key) => ({ Key })) } });
    await s.do("DeleteBucket");
    await s.is("list-buckets", "ListBuckets");
  },
  async "TestS3::test_put_and_get_object_with_utf8_key"(s) {
    await s.is("put-object", "PutObject", { Key: "Ā0Ä", Body: "abc123" });
    await s.is("get-object", "GetObject", { Key: "Ā0Ä" });
  },
  "TestS3::test_object_with_slashes_in_key[True]": slashes(true),
  "TestS3::test_object_with_slashes_in_key[False]": slashes(false),
  "TestS3::test_url_encoded_key[True]": encodedKey(true),
  "TestS3::test_url_encoded_key[False]": encodedKey(false),
  async "TestS3::test_metadata_header_character_decoding"(s) {
    const Key = "key-with-metadata";
    await s.do("PutObject", { Key, Metadata: { TEST_META_1: "foo", __meta_2: "bar" }, Body: "foo" });
    await s.is("head-object", "HeadObject", { Key });
  },
  ...Object.fromEntries(
    special.map((key) => [`TestS3::test_put_get_object_special_character[${key}]`, specialCharacter(key)]),
  ),
  async "TestS3::test_copy_object_special_character"(s) {
    const Bucket = "copies";
    await s.do("CreateBucket", { Bucket });
    for (const Key of ["file%2Fname", "test@key/", "test key/", "test key//", "a/%F0%9F%98%80/", "test+key"]) {
      await s.is(`put-object-src-special-char-${Key}`, "PutObject", { Key, Body: "test" });
      const CopySource = encodeURIComponent(`${BUCKET}/${Key}`);
      await s.is(`copy-object-special-char-${Key}`, "CopyObject", { Bucket, Key, CopySource });
    }
    await s.is("list-object-copy-dest-special-char", "ListObjectsV2", { Bucket });
  },
  async "TestS3::test_get_object_no_such_bucket"(s) {
    await s.is("expected_error", "GetObject", { ...nowhere, Key: "foobar" });
  },
  async "TestS3::test_delete_bucket_no_such_bucket"(s) {
    await s.is("expected_error", "DeleteBucket", { Bucket: "does-not-exist-localstack-test" });
  },
  async "TestS3::test_get_bucket_notification_configuration_no_such_bucket"(s) {
    await s.is("expected_error", "GetBucketNotificationConfiguration", nowhere);
  },
  async "TestS3::test_get_object_attributes_versioned"(s) {
    await s.do("PutBucketVersioning", ENABLED);
    const at = { Key: "key-attrs-versioned" };
    const first = await s.is("put-obj-v1", "PutObject", { ...at, Body: "69\n420\n" });
    await s.is("put-obj-v2", "PutObject", { ...at, Body: "version 2" });
    await s.is("object-attrs", "GetObjectAttributes", { ...at, ObjectAttributes: ATTRIBUTES });
    await s.is("delete-key", "DeleteObject", at);
    const three = { ...at, ObjectAttributes: ["StorageClass", "ETag", "ObjectSize"] };
    await s.is("deleted-object-attrs", "GetObjectAttributes", three);
    await s.is("get-object-attrs-v1", "GetObjectAttributes", { ...three, VersionId: first.VersionId });
  },
  async "TestS3::test_get_object_attributes_with_space"(s) {
    await s.do("PutObject", { Key: "test-attrs", Body: "test-body", ChecksumAlgorithm: "SHA256" });
    const ObjectAttributes = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];
    const at = { Key: "test-attrs" };
    await letIn(s);
    for (const [label, separator] of [
      ["with", ", "],
      ["without", ","],
    ] as const) {
      const headers = { "x-amz-object-attributes": ObjectAttributes.join(separator) };
      const { body } = await s.send(`http://s3.localhost/${BUCKET}/${at.Key}?attributes`, { method: "GET", headers });
      s.matches(`get-attrs-${label}-whitespace`, dictionaryOf(body));
    }
  },
  async "TestS3::test_put_and_get_object_with_hash_prefix"(s) {
    await s.is("put-object", "PutObject", { Key: "#key-with-hash-prefix", Body: "test 123" });
    await s.is("get-object", "GetObject", { Key: "#key-with-hash-prefix" });
  },
  async "TestS3::test_invalid_range_error"(s) {
    await s.do("PutObject", { Key: "my-key", Body: "abcdefgh" });
    await s.is("exc", "GetObject", { Key: "my-key", Range: "bytes=1024-4096" });
  },
  async "TestS3::test_range_key_not_exists"(s) {
    await s.is("exc", "GetObject", { Key: "my-key", Range: "bytes=1024-4096" });
  },
  async "TestS3::test_put_object_tagging_empty_list"(s) {
    const Key = "my-key";
    await s.do("PutObject", { Key, Body: "abcdefgh" });
    await s.is("created-object-tags", "GetObjectTagging", { Key });
    const TagSet = [
      { Key: "tag1", Value: "tag1" },
      { Key: "tag2", Value: "" },
    ];
    await s.do("PutObjectTagging", { Key, Tagging: { TagSet } });
    await s.is("updated-object-tags", "GetObjectTagging", { Key });
    await s.do("PutObjectTagging", { Key, Tagging: { TagSet: [] } });
    await s.is("deleted-object-tags", "GetObjectTagging", { Key });
  },
  async "TestS3::test_head_object_fields"(s) {
    await s.do("PutObject", { Key: "my-key", Body: "abcdefgh" });
    await s.is("head-object", "HeadObject", { Key: "my-key" });
    await s.is("head-object-404", "HeadObject", { Key: "doesnotexist" });
  },
  async "TestS3::test_get_object_after_deleted_in_versioned_bucket"(s) {
    await s.do("PutBucketVersioning", ENABLED);
    const Key = "my-key";
    await s.do("PutObject", { Key, Body: "abcdefgh" });
    await s.is("get-object", "GetObject", { Key });
    await s.do("DeleteObject", { Key });
    await s.is("get-object-after-delete", "GetObject", { Key });
  },
  "TestS3::test_s3_get_object_preconditions[get_object]": conditions("GetObject"),
  "TestS3::test_s3_get_object_preconditions[head_object]": conditions("HeadObject"),
  async "TestS3::test_upload_file_with_xml_preamble"(s) {
    await s.do("PutObject", { Key: "key-1", Body: '<?xml version="1.0" encoding="UTF-8"?><test/>' });
    await s.is("get_object", "GetObject", { Key: "key-1" });
  },
  async "TestS3::test_bucket_availability"(s) {
    await s.is("bucket-lifecycle", "GetBucketLifecycleConfiguration", nowhere);
    await s.is("bucket-replication", "GetBucketReplication", nowhere);
  },
  async "TestS3::test_get_object_with_anon_credentials"(s) {
    const Key = "key-1";
    await s.do("DeleteBucketOwnershipControls");
    await s.do("DeletePublicAccessBlock");
    await s.do("PutBucketAcl", { ACL: "public-read" });
    await s.do("PutObject", { Key, Body: "body data" });
    await s.do("PutObjectAcl", { Key, ACL: "public-read" });
    await s.is("get_object", "GetObject", { Key }, { anonymous: true });
  },
  async "TestS3::test_putobject_with_multiple_keys"(s) {
    await s.do("PutObject", { Key: "aws/key1/key2/key3", Body: "test" });
    await s.is("get_object", "GetObject", { Key: "aws/key1/key2/key3" });
  },
});
