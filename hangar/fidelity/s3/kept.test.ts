// Storage classes, deletions, lists and other facts of objects, as they were recorded from AWS (see ../NOTICE).

import { BUCKET, recorded, type Answer, type Driver, type Session } from "./session.ts";

const versioning = (s: Session, Status: string, label?: string): Promise<Answer> => {
  const input = { VersioningConfiguration: { Status } };
  return label === undefined ? s.do("PutBucketVersioning", input) : s.is(label, "PutBucketVersioning", input);
};
const byKey = (answer: Answer): object => {
  const deleted = answer["Deleted"] as { Key: string }[];
  return { ...answer, Deleted: deleted.toSorted((one, other) => (one.Key < other.Key ? -1 : 1)) };
};
const deletes = (...keys: string[]): object => ({ Delete: { Objects: keys.map((Key) => ({ Key })) } });

const stored =
  (StorageClass: string): Driver =>
  async (s) => {
    const at = { Key: "test-put-object-storage-class" };
    await s.do("PutObject", { ...at, Body: "body-test", StorageClass });
    await s.is("get-object-storage-class", "GetObjectAttributes", { ...at, ObjectAttributes: ["StorageClass"] });
    await s.is("get-object", "GetObject", at);
  };
const classes = ["STANDARD", "STANDARD_IA", "GLACIER_IR", "ONEZONE_IA", "INTELLIGENT_TIERING", "REDUCED_REDUNDANCY"];

recorded(import.meta.url, "general", {
  ...Object.fromEntries(classes.map((name) => [`TestS3::test_put_object_storage_class[${name}-True]`, stored(name)])),
  "TestS3::test_put_object_storage_class[GLACIER-False]": stored("GLACIER"),
  "TestS3::test_put_object_storage_class[DEEP_ARCHIVE-False]": stored("DEEP_ARCHIVE"),
  async "TestS3DeepArchive::test_s3_get_deep_archive_object_restore"(s) {
    const at = { Key: "archived" };
    await s.do("PutObject", { ...at, Body: "body-test", StorageClass: "DEEP_ARCHIVE" });
    await s.is("get-object-invalid-state", "GetObject", at);
    await s.is("get_object_invalid_state", "GetObject", at);
    const RestoreRequest = { Days: 30, GlacierJobParameters: { Tier: "Bulk" } };
    await s.is("restore_object", "RestoreObject", { ...at, RestoreRequest });
  },
  async "TestS3::test_put_object_storage_class_outposts"(s) {
    const outposts = { StorageClass: "OUTPOSTS" };
    await s.is("put-object-outposts", "PutObject", { Key: "test", Body: "body-test", ...outposts });
    await s.is("create-multipart-outposts-exc", "CreateMultipartUpload", { Key: "test", ...outposts });
  },
  async "TestS3::test_delete_object_tagging"(s) {
    const at = { Key: "test-key-tagging" };
    await s.do("PutObject", { ...at, Body: "something" });
    await s.is("get-obj", "GetObject", at);
    await s.do("DeleteObjectTagging", at);
    await s.is("get-obj-after-tag-deletion", "GetObject", at);
  },
  async "TestS3::test_delete_non_existing_keys_quiet"(s) {
    await s.do("PutObject", { Key: "test-key-nonexistent", Body: "something" });
    const Objects = ["test-key-nonexistent", "dummy1", "dummy2"].map((Key) => ({ Key }));
    await s.is("deleted-resp", "DeleteObjects", { Delete: { Objects, Quiet: true } });
  },
  async "TestS3::test_delete_non_existing_keys"(s) {
    await s.do("PutObject", { Key: "test-key-nonexistent", Body: "something" });
    const answer = await s.do("DeleteObjects", deletes("test-key-nonexistent", "dummy1", "dummy2"));
    s.matches("deleted-resp", byKey(answer));
  },
  async "TestS3::test_delete_keys_in_versioned_bucket"(s) {
    await versioning(s, "Enabled");
    const Key = "test-key-versioned";
    await s.do("PutObject", { Key, Body: "something" });
    await s.do("PutObject", { Key, Body: "something-v2" });
    await s.is("list-objects-v2", "ListObjectsV2");
    await s.is("delete-object", "DeleteObjects", deletes(Key));
    const listed = await s.is("list-object-version", "ListObjectVersions");
    // S3 answers a batch in any order; ours is the request's.
    const Objects = (listed["Versions"] as Answer[]).map(({ VersionId }) => ({ Key, VersionId })).toReversed();
    await s.is("delete-object-version", "DeleteObjects", { Delete: { Objects } });
    await s.is("list-objects-v2-after-delete", "ListObjectsV2");
    const left = await s.is("list-object-version-after-delete", "ListObjectVersions");
    const markers = (left["DeleteMarkers"] as Answer[]).map(({ VersionId }) => ({ Key, VersionId }));
    await s.is("delete-object-delete-marker", "DeleteObjects", { Delete: { Objects: markers } });
  },
  async "TestS3::test_delete_non_existing_keys_in_non_existing_bucket"(s) {
    await s.is("error-non-existent-bucket", "DeleteObjects", { Bucket: "nowhere-1", ...deletes("dummy1", "dummy2") });
  },
  async "TestS3::test_delete_objects_encoding"(s) {
    await s.do("PutObject", { Key: "a%2Fb", Body: "percent encoding" });
    await s.do("PutObject", { Key: "a/%F0%9F%98%80", Body: "percent encoded emoji" });
    await s.is("list-objects-before-delete", "ListObjectsV2");
    s.matches("deleted-resp", byKey(await s.do("DeleteObjects", deletes("a%2Fb", "a/%F0%9F%98%80"))));
    await s.is("list-objects", "ListObjectsV2");
  },
  async "TestS3::test_s3_batch_delete_objects"(s) {
    const keys = [1, 2, 3, 4, 5].map((at) => `key-batch-delete-${at}`);
    for (const Key of keys) await s.do("PutObject", { Key, Body: "This body document" });
    await s.is("batch-delete", "DeleteObjects", deletes(...keys));
    await s.is("list-remaining-objects", "ListObjects");
  },
  async "TestS3::test_empty_bucket_fixture"(s) {
    for (const Key of ["key0", "key1", "key2"]) await s.do("PutObject", { Key, Body: "123" });
    await s.is("list-obj", "ListObjectsV2");
    await s.do("DeleteObjects", deletes("key0", "key1", "key2"));
    await s.is("list-obj-after-empty", "ListObjectsV2");
  },
  async "TestS3::test_s3_request_payer"(s) {
    const RequestPaymentConfiguration = { Payer: "Requester" };
    await s.is("put-bucket-request-payment", "PutBucketRequestPayment", { RequestPaymentConfiguration });
    await s.is("get-bucket-request-payment", "GetBucketRequestPayment");
  },
  async "TestS3::test_s3_request_payer_exceptions"(s) {
    const put = "PutBucketRequestPayment";
    await s.is("wrong-payer-type", put, { RequestPaymentConfiguration: { Payer: "Random" } });
    const nowhere = { Bucket: "fake-bucket-1", RequestPaymentConfiguration: { Payer: "Requester" } };
    await s.is("wrong-bucket-name", put, nowhere);
  },
  async "TestS3::test_s3_uppercase_key_names"(s) {
    await s.do("PutObject", { Key: "camelCaseKey", Body: "something" });
    await s.is("response", "GetObject", { Key: "camelCaseKey" });
    await s.is("wrong-case-key", "GetObject", { Key: "camelcasekey" });
  },
  async "TestS3::test_precondition_failed_error"(s) {
    await s.do("PutObject", { Key: "foo", Body: '{"foo": "bar"}' });
    await s.is("get-object-if-match", "GetObject", { Key: "foo", IfMatch: '"not good etag"' });
  },
  async "TestS3::test_multipart_key_validation"(s) {
    const { UploadId } = await s.do("CreateMultipartUpload", { Key: "test-validate-multipart" });
    const wrong = { Key: "bad-key", UploadId };
    await s.is("upload-part-wrong-key-name", "UploadPart", { ...wrong, PartNumber: 1, Body: "test" });
    const { ETag } = await s.do("UploadPart", {
      Key: "test-validate-multipart",
      UploadId,
      PartNumber: 1,
      Body: "test",
    });
    const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
    await s.is("complete-multipart-wrong-key-name", "CompleteMultipartUpload", { ...wrong, MultipartUpload });
    await s.is("list-parts-wrong-key-name", "ListParts", wrong);
    await s.is("abort-multipart-wrong-key-name", "AbortMultipartUpload", wrong);
  },
  async "TestS3::test_s3_put_more_than_1000_items"(s) {
    for (let at = 0; at < 1010; at += 1) await s.do("PutObject", { Key: `test-key-${at}`, Body: `test-${at}` });
    await s.is("get_object-1009", "GetObject", { Key: "test-key-1009" });
    await s.is("get_object-0", "GetObject", { Key: "test-key-0" });
    const page = await s.is("list-objects", "ListObjects", { Delimiter: "/" });
    await s.is("list-objects-next_marker", "ListObjects", { Marker: page["NextMarker"] });
  },
  async "TestS3::test_upload_big_file"(s) {
    const Key = "test_key1";
    await s.is("put_object_key1", "PutObject", { Key, Body: "\u0001".repeat(10_000_000) });
    await s.is("put_object_key2", "PutObject", { Key, Body: "a".repeat(10_000_000) });
    await s.is("head_object_key1", "HeadObject", { Key });
    await s.is("head_object_key2", "HeadObject", { Key });
  },
  async "TestS3::test_get_bucket_versioning_order"(s) {
    await s.is("list_object_versions_before", "ListObjectVersions", { EncodingType: "url" });
    await versioning(s, "Enabled", "put_bucket_versioning");
    await s.is("get_bucket_versioning", "GetBucketVersioning");
    for (const Key of ["test", "test", "test2"]) await s.do("PutObject", { Key, Body: "body" });
    await s.is("list_object_versions", "ListObjectVersions");
  },
  async "TestS3::test_etag_on_get_object_call"(s) {
    const Key = "my-key";
    await s.do("PutObject", { Key, Body: "Lorem ipsum dolor sit amet, ... ".repeat(30) });
    await s.is("get_object", "GetObject", { Key });
    await s.is("get_object_range", "GetObject", { Key, Range: "bytes=0-16" });
  },
  async "TestS3::test_range_header_body_length"(s) {
    const Key = "sample.bin";
    await s.do("PutObject", { Key, Body: "\u0001".repeat(2048) });
    await s.is("get-object", "GetObject", { Key, Range: "bytes=0-1023" });
    await s.is("get-object-2", "GetObject", { Key, Range: "bytes=1024-2048" });
  },
  async "TestS3::test_s3_delete_object_with_version_id"(s) {
    const Body = "Lorem ipsum dolor sit amet, ... ".repeat(30);
    const Key = "aws/s3/testkey1.txt";
    await versioning(s, "Enabled");
    await s.is("get_bucket_versioning", "GetBucketVersioning");
    const { VersionId } = await s.do("PutObject", { Key, Body });
    await s.do("PutObject", { Key: "aws/s3/testkey2.txt", Body });
    await s.is("delete_objects", "DeleteObjects", { Delete: { Objects: [{ Key, VersionId }] } });
    await s.is("list_object_versions_after_delete", "ListObjectVersions");
    await versioning(s, "Suspended");
    await s.is("get_bucket_versioning_suspended", "GetBucketVersioning");
  },
  async "TestS3::test_s3_put_object_versioned"(s) {
    const Key = "non-version-bucket-key";
    await s.is("put-pre-versioned", "PutObject", { Key, Body: "non-versioned-key" });
    await s.is("get-pre-versioned", "GetObject", { Key });
    await s.is("list-object-pre-versioned", "ListObjectVersions");
    await versioning(s, "Enabled");
    await s.is("get-post-versioned", "GetObject", { Key });
    const second = { Key: "versioned-bucket-key" };
    await s.is("put-obj-versioned-1", "PutObject", { ...second, Body: "versioned-key" });
    await s.is("put-obj-versioned-2", "PutObject", { ...second, Body: "versioned-key-updated" });
    await s.is("get-obj-versioned", "GetObject", second);
    await s.is("list-object-versioned", "ListObjectVersions");
    await versioning(s, "Suspended");
    await s.is("list-bucket-suspended", "ListObjectVersions");
    await s.is("get-obj-versioned-disabled", "GetObject", second);
    await s.is("get-obj-non-versioned-disabled", "GetObject", { Key });
    const third = { Key: "non-version-bucket-key-after-disable" };
    await s.is("put-non-versioned-post-disable", "PutObject", { ...third, Body: "non-versioned-key-post" });
    await s.is("get-non-versioned-post-disable", "GetObject", third);
  },
  async "TestS3::test_s3_get_object_header_overrides"(s) {
    await s.do("PutObject", { Key: "key-header-overrides", Body: "something" });
    await s.is("get-object", "GetObject", {
      Key: "key-header-overrides",
      ResponseCacheControl: "max-age=74",
      ResponseContentDisposition: 'attachment; filename="foo.jpg"',
      ResponseContentEncoding: "identity",
      ResponseContentLanguage: "de-DE",
      ResponseContentType: "image/jpeg",
      ResponseExpires: new Date("Wed, 21 Oct 2015 07:28:00 GMT"),
    });
  },
  async "TestS3::test_put_get_object_single_character_trailing_slash"(s) {
    for (const Key of ["a/", "t/", "u/"]) {
      await s.is(`put-object-single-char-${Key}`, "PutObject", { Key, Body: "test" });
      await s.is(`get-object-single-char-${Key}`, "GetObject", { Key });
    }
    await s.is("list-objects-single-char", "ListObjectsV2");
  },
  async "TestS3::test_s3_object_expires"(s) {
    for (const [label, by] of [
      ["future", 3_600_000],
      ["past", -3_600_000],
    ] as const) {
      const Key = `key-expires-${label}`;
      const Expires = new Date(s.cloud.clock.now() + by);
      await s.is(`put-object-expires-${label}`, "PutObject", { Key, Body: "foo", Expires });
      await s.is(`head-object-expires-${label}`, "HeadObject", { Key });
      await s.is(`get-object-expires-${label}`, "GetObject", { Key });
    }
  },
  async "TestS3::test_list_parts_empty_part_number_marker"(s) {
    const at = { Key: "test-list-part-empty-marker" };
    const { UploadId } = await s.do("CreateMultipartUpload", at);
    await s.do("UploadPart", { ...at, UploadId, PartNumber: 1, Body: "data" });
    await s.is("list-parts-empty-marker", "ListParts", { ...at, UploadId, PartNumberMarker: "" });
    await s.is("list-parts-empty-max-parts", "ListParts", { ...at, UploadId, MaxParts: "" });
  },
  async "TestS3PresignedUrl::test_s3_copy_md5"(s) {
    await s.do("PutObject", { Key: "src", Body: "something" });
    await s.is("copy-obj", "CopyObject", { Key: "dest", CopySource: `${BUCKET}/src` });
  },
});
