// Conditional writes, copies and deletions, as they were recorded from AWS (see ../NOTICE).

import { recorded, type Driver, type Session, BUCKET } from "./session.ts";

const Key = "test-precondition";
const VERSIONED = { VersioningConfiguration: { Status: "Enabled" } };
const SOURCE = `${BUCKET}/source-object`;

/** Begins an upload and gives the completion of its one part. */
async function upload(s: Session, label?: string): Promise<object> {
  const input = { Key };
  const { UploadId } =
    label === undefined
      ? await s.do("CreateMultipartUpload", input)
      : await s.is(label, "CreateMultipartUpload", input);
  const { ETag } = await s.do("UploadPart", { Key, UploadId, Body: "test", PartNumber: 1 });
  return { Key, UploadId, MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] } };
}

const day = 86_400_000;
const fromNow = (s: Session, by: number): Date => new Date(s.cloud.clock.now() + by);

/** A part copied under a condition, and the list of parts when it was done. */
const copiesPart =
  (label: string, condition: (s: Session, ETag: string) => object, lists: boolean): Driver =>
  async (s) => {
    const source = await s.do("PutObject", { Key: "source_file.txt", Body: "0123456789" });
    const at = { Key: "destination_file.txt" };
    const { UploadId } = await s.do("CreateMultipartUpload", at);
    await s.cloud.clock.advance("1 second");
    const CopySource = `${BUCKET}/source_file.txt`;
    await s.is(label, "UploadPartCopy", {
      ...at,
      UploadId,
      PartNumber: 1,
      CopySource,
      ...condition(s, source.ETag),
    });
    if (lists) await s.is("list-parts", "ListParts", { ...at, UploadId });
  };

const WRITE = "TestS3ObjectWritePrecondition";
const PART = "TestS3Multipart::test_upload_part_copy_with";
const DELETE = "TestS3DeletePrecondition::test_delete_object_if_match";

const refusesDeletion =
  (label: string, condition: (s: Session) => object): Driver =>
  async (s) => {
    await s.do("PutObject", { Key });
    await s.is(label, "DeleteObject", { Key, ...condition(s) });
  };

recorded(import.meta.url, "api", {
  async [`${WRITE}::test_put_object_if_none_match`](s) {
    const once = { Key, IfNoneMatch: "*" };
    await s.is("put-obj", "PutObject", once);
    await s.is("put-obj-if-none-match", "PutObject", once);
    await s.is("del-obj", "DeleteObject", { Key });
    await s.is("put-obj-after-del", "PutObject", once);
  },
  async [`${WRITE}::test_put_object_if_none_match_validation`](s) {
    const { ETag } = await s.is("put-obj", "PutObject", { Key });
    await s.is("put-obj-if-none-match-bad-value", "PutObject", { Key, IfNoneMatch: ETag });
  },
  async [`${WRITE}::test_put_object_if_none_match_versioned_bucket`](s) {
    await s.do("PutBucketVersioning", VERSIONED);
    const once = { Key, IfNoneMatch: "*" };
    await s.is("put-obj", "PutObject", once);
    await s.is("put-obj-if-none-match", "PutObject", once);
    await s.is("del-obj", "DeleteObject", { Key });
    await s.is("put-obj-after-del", "PutObject", once);
    await s.is("list-object-versions", "ListObjectVersions");
  },
  async [`${WRITE}::test_multipart_if_none_match_with_delete`](s) {
    await s.is("put-obj", "PutObject", { Key, IfNoneMatch: "*" });
    const first = { ...(await upload(s, "create-multipart")), IfNoneMatch: "*" };
    await s.is("complete-multipart-if-none-match", "CompleteMultipartUpload", first);
    await s.is("del-obj", "DeleteObject", { Key });
    await s.is("complete-multipart-after-del", "CompleteMultipartUpload", first);
    const second = { ...(await upload(s)), IfNoneMatch: "*" };
    await s.is("complete-multipart-after-del-restart", "CompleteMultipartUpload", second);
  },
  async [`${WRITE}::test_multipart_if_none_match_with_put`](s) {
    const completion = { ...(await upload(s, "create-multipart")), IfNoneMatch: "*" };
    await s.is("put-obj", "PutObject", { Key, IfNoneMatch: "*" });
    await s.is("complete-multipart-if-none-match-put-during", "CompleteMultipartUpload", completion);
  },
  async [`${WRITE}::test_put_object_if_match`](s) {
    const { ETag } = await s.is("put-obj", "PutObject", { Key, Body: "test" });
    await s.is("put-obj-if-match-wrong-etag", "PutObject", { Key, IfMatch: "d41d8cd98f00b204e9800998ecf8427e" });
    await s.is("put-obj-overwrite", "PutObject", { Key, IfMatch: ETag });
    await s.is("del-obj", "DeleteObject", { Key });
    await s.is("put-obj-if-match-key-not-exists", "PutObject", { Key, IfMatch: ETag });
    await s.is("put-obj-after-del", "PutObject", { Key });
  },
  async [`${WRITE}::test_put_object_if_match_validation`](s) {
    const at = { Key: "test-precondition-validation" };
    await s.is("put-obj-if-match-star-value", "PutObject", { ...at, IfMatch: "*" });
    await s.is("put-obj-if-match-bad-value", "PutObject", { ...at, IfMatch: "abcdef" });
    await s.is("put-obj-if-match-bad-value-2", "PutObject", { ...at, IfMatch: "bad-char_/" });
  },
  async [`${WRITE}::test_multipart_if_match_with_put`](s) {
    const before = await s.is("put-obj", "PutObject", { Key, Body: "test" });
    const first = await upload(s, "create-multipart");
    const during = await s.is("put-obj-during", "PutObject", { Key, Body: "test2" });
    const complete = "CompleteMultipartUpload";
    await s.is("complete-multipart-if-match-put-before", complete, { ...first, IfMatch: before.ETag });
    await s.is("complete-multipart-if-match-put-during", complete, { ...first, IfMatch: during.ETag });
    const second = await upload(s, "create-multipart-again");
    await s.is("complete-multipart-if-match-put-before-restart", complete, { ...second, IfMatch: during.ETag });
  },
  async [`${WRITE}::test_multipart_if_match_with_put_identical`](s) {
    const { ETag } = await s.is("put-obj", "PutObject", { Key, Body: "test" });
    const first = await upload(s, "create-multipart");
    await s.is("put-obj-during", "PutObject", { Key, Body: "test" });
    const complete = "CompleteMultipartUpload";
    await s.is("complete-multipart-if-match-put-during", complete, { ...first, IfMatch: ETag });
    const second = await upload(s, "create-multipart-again");
    await s.is("complete-multipart-if-match-put-before-restart", complete, { ...second, IfMatch: ETag });
  },
  async [`${WRITE}::test_multipart_if_match_with_delete`](s) {
    const { ETag } = await s.is("put-obj", "PutObject", { Key, Body: "test" });
    const completion = await upload(s, "create-multipart");
    await s.is("del-obj", "DeleteObject", { Key });
    await s.is("complete-multipart-after-del", "CompleteMultipartUpload", { ...completion, IfMatch: ETag });
    await s.is("put-obj-2", "PutObject", { Key, Body: "test" });
    await s.is("complete-multipart-if-match-after-put", "CompleteMultipartUpload", { ...completion, IfMatch: ETag });
  },
  async [`${WRITE}::test_put_object_if_match_versioned_bucket`](s) {
    await s.do("PutBucketVersioning", VERSIONED);
    const first = await s.is("put-obj", "PutObject", { Key, Body: "test" });
    await s.is("put-obj-if-none-match-bad-value", "PutObject", { Key, IfMatch: "abcdef" });
    await s.is("del-obj", "DeleteObject", { Key });
    await s.is("put-obj-after-del-exc", "PutObject", { Key, IfMatch: first.ETag });
    const second = await s.is("put-obj-after-del", "PutObject", { Key, Body: "test-after-del" });
    await s.is("put-obj-if-match", "PutObject", { Key, Body: "test-if-match", IfMatch: second.ETag });
    await s.is("list-object-versions", "ListObjectVersions");
  },
  async [`${WRITE}::test_put_object_if_match_and_if_none_match_validation`](s) {
    await s.is("put-obj-both-precondition", "PutObject", { Key, IfNoneMatch: "*", IfMatch: "abcdef" });
  },
  async [`${WRITE}::test_multipart_if_match_etag`](s) {
    const { ETag } = await s.is("put-obj", "PutObject", { Key, Body: "test" });
    const complete = "CompleteMultipartUpload";
    const first = await upload(s, "create-multipart");
    const made = await s.is("complete-multipart-if-match", complete, { ...first, IfMatch: ETag });
    const second = await upload(s, "create-multipart-overwrite");
    await s.is("complete-multipart-if-match-true-etag", complete, { ...second, IfMatch: ETag });
    await s.is("complete-multipart-if-match-overwrite-multipart", complete, { ...second, IfMatch: made.ETag });
  },
  async [`${WRITE}::test_copy_object_if_none_match`](s) {
    await s.do("PutObject", { Key: "source-object", Body: "source content" });
    const copy = { Key: "dest-object", CopySource: SOURCE, IfNoneMatch: "*" };
    await s.is("copy-obj", "CopyObject", copy);
    await s.is("copy-obj-if-none-match-fail", "CopyObject", copy);
  },
  async [`${WRITE}::test_copy_object_if_match`](s) {
    await s.do("PutObject", { Key: "source-object", Body: "source content" });
    const { ETag } = await s.do("PutObject", { Key: "dest-object", Body: "dest content" });
    const copy = { Key: "dest-object", CopySource: SOURCE };
    await s.is("copy-obj-if-match", "CopyObject", { ...copy, IfMatch: ETag });
    const wrong = "d41d8cd98f00b204e9800998ecf8427e";
    await s.is("copy-obj-if-match-fail-wrong-etag", "CopyObject", { ...copy, IfMatch: wrong });
    const nowhere = { ...copy, Key: "non-existent-key", IfMatch: ETag };
    await s.is("copy-obj-if-match-fail-no-object", "CopyObject", nowhere);
  },
  async [`${WRITE}::test_copy_object_if_none_match_versioned_bucket`](s) {
    await s.do("PutBucketVersioning", VERSIONED);
    await s.do("PutObject", { Key: "source-object", Body: "source content" });
    const copy = { Key: "dest-object", CopySource: SOURCE, IfNoneMatch: "*" };
    await s.is("copy-obj", "CopyObject", copy);
    await s.is("copy-obj-if-none-match-fail", "CopyObject", copy);
    await s.is("del-obj", "DeleteObject", { Key: "dest-object" });
    await s.is("copy-obj-after-del", "CopyObject", copy);
    await s.is("list-object-versions", "ListObjectVersions");
  },
  async [`${WRITE}::test_copy_object_if_match_versioned_bucket`](s) {
    await s.do("PutBucketVersioning", VERSIONED);
    await s.do("PutObject", { Key: "source-object", Body: "source content" });
    const at = { Key: "dest-object" };
    const first = await s.is("put-obj", "PutObject", { ...at, Body: "initial content" });
    const copy = { ...at, CopySource: SOURCE };
    const wrong = "d41d8cd98f00b204e9800998ecf8427e";
    await s.is("copy-obj-if-match-wrong-etag", "CopyObject", { ...copy, IfMatch: wrong });
    await s.is("del-obj", "DeleteObject", at);
    await s.is("copy-obj-after-del-exc", "CopyObject", { ...copy, IfMatch: first.ETag });
    const again = await s.is("put-obj-after-del", "PutObject", { ...at, Body: "new content after delete" });
    await s.is("copy-obj-if-match", "CopyObject", { ...copy, IfMatch: again.ETag });
    await s.is("list-object-versions", "ListObjectVersions");
  },
  async [`${WRITE}::test_copy_object_precondition_write_validation`](s) {
    const { ETag } = await s.do("PutObject", { Key: "source-object", Body: "source content" });
    const copy = { Key: "dest-object", CopySource: SOURCE };
    await s.is("copy-obj-none-match-etag", "CopyObject", { ...copy, IfNoneMatch: ETag });
    await s.is("copy-obj-if-match-star", "CopyObject", { ...copy, IfMatch: "*" });
    await s.is("copy-obj-both", "CopyObject", { ...copy, IfNoneMatch: "*", IfMatch: ETag });
  },
  async [`${WRITE}::test_copy_object_if_none_match_in_place`](s) {
    await s.do("PutObject", { Key: "source-object", Body: "source content" });
    const replaced = { Key: "source-object", CopySource: SOURCE, MetadataDirective: "REPLACE" };
    await s.is("copy-obj-if-none-match-fail", "CopyObject", { ...replaced, IfNoneMatch: "*" });
  },
  async [`${WRITE}::test_copy_object_if_match_in_place`](s) {
    const { ETag } = await s.do("PutObject", { Key: "source-object", Body: "source content" });
    const replaced = { Key: "source-object", CopySource: SOURCE, MetadataDirective: "REPLACE" };
    await s.is("copy-obj-if-match-in-place", "CopyObject", { ...replaced, IfMatch: ETag });
  },
  [`${PART}_copy_source_if_match_success`]: copiesPart(
    "upload-part-copy-if-match",
    (_, ETag) => ({ CopySourceIfMatch: ETag }),
    true,
  ),
  [`${PART}_copy_source_if_match_none_success`]: copiesPart(
    "upload-part-copy-if-none-match",
    () => ({ CopySourceIfNoneMatch: "none-match" }),
    true,
  ),
  [`${PART}_copy_source_if_unmodified_since_success`]: copiesPart(
    "upload-part-copy-if-unmodified-since",
    (s) => ({ CopySourceIfUnmodifiedSince: fromNow(s, day) }),
    true,
  ),
  [`${PART}_copy_source_if_modified_since_success`]: copiesPart(
    "upload-part-copy-if-modified-since",
    (s) => ({ CopySourceIfModifiedSince: fromNow(s, -day) }),
    true,
  ),
  [`${PART}_copy_source_if_modified_since_in_future_success`]: copiesPart(
    "upload-part-copy-if-modified-since-in-future",
    (s) => ({ CopySourceIfModifiedSince: fromNow(s, day) }),
    true,
  ),
  [`${PART}_copy_source_if_match_failed`]: copiesPart(
    "upload-part-copy-source-if-match",
    () => ({ CopySourceIfMatch: "not-matching" }),
    false,
  ),
  [`${PART}_copy_source_if_none_match_failed`]: copiesPart(
    "upload-part-copy-source-if-none-match",
    (_, ETag) => ({ CopySourceIfNoneMatch: ETag }),
    false,
  ),
  [`${PART}_copy_source_if_unmodified_since_match_failed`]: copiesPart(
    "upload-part-copy-source-unmodified-since-match",
    (s) => ({ CopySourceIfUnmodifiedSince: fromNow(s, -day) }),
    false,
  ),
  [`${PART}_copy_source_if_match_and_if_unmodified_since_match`]: copiesPart(
    "upload-part-copy",
    (s, ETag) => ({ CopySourceIfMatch: ETag, CopySourceIfUnmodifiedSince: fromNow(s, -day) }),
    true,
  ),
  [`${PART}_copy_source_if_none_match_and_if_unmodified_since_match_failed`]: copiesPart(
    "upload-part-copy-source-unmodified-since-and-if-none-match",
    (s) => ({ CopySourceIfNoneMatch: "not-matching", CopySourceIfUnmodifiedSince: fromNow(s, -day) }),
    false,
  ),
  [`${PART}_if_modified_since_failed`]: copiesPart(
    "upload-part-copy-source-modified-since-match",
    (s) => ({ CopySourceIfModifiedSince: fromNow(s, 0) }),
    false,
  ),
  [`${DELETE}_non_express`]: refusesDeletion("delete-obj-if-match", () => ({ IfMatch: "badvalue" })),
  [`${DELETE}_modified_non_express`]: refusesDeletion("delete-obj-if-match-last-modified", (s) => ({
    IfMatchLastModifiedTime: fromNow(s, -day),
  })),
  [`${DELETE}_size_non_express`]: refusesDeletion("delete-obj-if-match-size", () => ({ IfMatchSize: 10 })),
  [`${DELETE}_all_non_express`]: refusesDeletion("delete-obj-if-match-all", (s) => ({
    IfMatchSize: 10,
    IfMatch: "badvalue",
    IfMatchLastModifiedTime: fromNow(s, -day),
  })),
});
