// Copies under conditions on their source, as they were recorded from AWS (see ../NOTICE).

import { BUCKET, recorded } from "./session.ts";

const DAY = 86_400_000;
const copy = { Key: "dest-object", CopySource: `${BUCKET}/source-object` };

recorded(import.meta.url, "preconditions", {
  async "TestS3CopySourcePreconditions::test_s3_copy_object_preconditions"(s) {
    const { ETag } = await s.do("PutObject", { Key: "source-object", Body: "data" });
    await s.is("head-object", "HeadObject", { Key: "source-object" });
    await s.cloud.clock.advance("3 seconds");
    const now = s.cloud.clock.now();
    const CopySourceIfModifiedSince = new Date(now);
    const CopySourceIfUnmodifiedSince = new Date(now - DAY);
    const CopySourceIfNoneMatch = ETag;
    const all = { ...copy, CopySourceIfModifiedSince, CopySourceIfUnmodifiedSince, CopySourceIfNoneMatch };
    await s.is("copy-precondition-if-match", "CopyObject", { ...all, CopySourceIfMatch: "etag123" });
    await s.is("copy-precondition-if-unmodified-since", "CopyObject", all);
    const two = { ...copy, CopySourceIfModifiedSince, CopySourceIfNoneMatch };
    await s.is("copy-precondition-if-none-match", "CopyObject", two);
    await s.is("copy-precondition-if-modified-since", "CopyObject", { ...copy, CopySourceIfModifiedSince });
    const future = { ...copy, CopySourceIfModifiedSince: new Date(now + DAY) };
    await s.is("copy-ignore-future-modified-since", "CopyObject", future);
    const bare = ETag.replaceAll('"', "");
    await s.is("copy-etag-missing-quotes", "CopyObject", { ...copy, CopySourceIfNoneMatch: bare });
    await s.is("copy-success", "CopyObject", {
      ...copy,
      CopySourceIfMatch: bare,
      CopySourceIfNoneMatch: "etag123",
      CopySourceIfModifiedSince: new Date(now - DAY),
      CopySourceIfUnmodifiedSince: new Date(now),
    });
  },
  async "TestS3CopySourcePreconditions::test_s3_copy_object_if_source_modified_since_versioned"(s) {
    await s.do("PutBucketVersioning", { VersioningConfiguration: { Status: "Enabled" } });
    await s.do("PutObject", { Key: "source-object", Body: "data" });
    const head = await s.is("head-object", "HeadObject", { Key: "source-object" });
    const modified = head["LastModified"] as Date;
    const before = new Date(modified.getTime() - 60_000);
    await s.is("copy-if-modified-since", "CopyObject", { ...copy, CopySourceIfModifiedSince: before });
    const same = { ...copy, CopySourceIfModifiedSince: modified };
    await s.is("copy-if-modified-since-last-modified", "CopyObject", same);
  },
  async "TestS3CopySourcePreconditions::test_s3_copy_object_if_source_unmodified_since_versioned"(s) {
    await s.do("PutBucketVersioning", { VersioningConfiguration: { Status: "Enabled" } });
    await s.do("PutObject", { Key: "source-object", Body: "data" });
    const head = await s.is("head-object", "HeadObject", { Key: "source-object" });
    const same = { ...copy, CopySourceIfUnmodifiedSince: head["LastModified"] };
    await s.is("copy-if-unmodified-since", "CopyObject", same);
    const past = { ...copy, CopySourceIfUnmodifiedSince: new Date(s.cloud.clock.now() - DAY) };
    await s.is("copy-past-if-unmodified-since", "CopyObject", past);
  },
});
