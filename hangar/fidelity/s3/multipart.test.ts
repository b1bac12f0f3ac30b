// Multipart uploads, as they were recorded from AWS (see ../NOTICE).

import { BUCKET, recorded, type Driver } from "./session.ts";
import { LARGE, multipart } from "./uploads.ts";

const FIVE = "upload-part-1".repeat(5);
const complete = "CompleteMultipartUpload";
const attributes = (Key: string, ...ObjectAttributes: string[]): object => ({ Key, ObjectAttributes });

const onePart =
  (ChecksumType: string): Driver =>
  async (s) => {
    const Key = "test-multipart-checksum";
    const created = await s.is("create-mpu-checksum", "CreateMultipartUpload", {
      Key,
      ChecksumAlgorithm: "CRC32C",
      ChecksumType,
    });
    const { UploadId } = created;
    const part = { Key, UploadId, PartNumber: 1, Body: "test content 123", ChecksumAlgorithm: "CRC32C" };
    const { ETag, ChecksumCRC32C } = (await s.is("upload-part", "UploadPart", part)) as Record<string, unknown>;
    const Parts = [{ ETag, PartNumber: 1, ChecksumCRC32C }];
    await s.is("complete-multipart-checksum", complete, { Key, UploadId, MultipartUpload: { Parts } });
    await s.is("head-object-part", "HeadObject", { Key, PartNumber: 1, ChecksumMode: "ENABLED" });
    await s.is("get-object-part", "GetObject", { Key, PartNumber: 1 });
  };

recorded(import.meta.url, "general", {
  async "TestS3::test_multipart_with_unicode_character_location"(s) {
    const at = { Key: "test-unicode_\u2014_file" };
    const { UploadId } = await s.is("create-multipart", "CreateMultipartUpload", at);
    const { ETag } = await s.do("UploadPart", { ...at, UploadId, PartNumber: 1, Body: "upload-part-1" });
    await s.is("complete-multipart", complete, {
      ...at,
      UploadId,
      MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] },
    });
  },
  async "TestS3::test_upload_file_multipart"(s) {
    const Key = "my-key";
    const { UploadId } = await s.do("CreateMultipartUpload", { Key, ChecksumAlgorithm: "CRC32" });
    const part = await s.do("UploadPart", { Key, UploadId, PartNumber: 1, Body: "1".repeat(6 * 1024) });
    const Parts = [{ ETag: part.ETag, PartNumber: 1, ChecksumCRC32: part["ChecksumCRC32"] }];
    await s.do(complete, { Key, UploadId, MultipartUpload: { Parts } });
    await s.is("get_object", "GetObject", { Key });
  },
  async "TestS3::test_get_object_attributes"(s) {
    const all = ["StorageClass", "ETag", "ObjectSize", "ObjectParts"];
    await s.do("PutObject", { Key: "data.txt", Body: "69\n420\n" });
    await s.is("object-attrs", "GetObjectAttributes", attributes("data.txt", ...all, "Checksum"));
    await multipart(s, { Key: "one", data: FIVE });
    await s.is("object-attrs-multiparts-1-part", "GetObjectAttributes", attributes("one", ...all));
    await multipart(s, { Key: "two", data: FIVE, parts: 2 });
    const two = { ...attributes("two", ...all), MaxParts: 3 };
    await s.is("object-attrs-multiparts-2-parts", "GetObjectAttributes", two);
    const checksum = { ...attributes("two", "StorageClass", "ETag", "ObjectSize", "Checksum"), MaxParts: 3 };
    await s.is("object-attrs-multiparts-2-parts-checksum", "GetObjectAttributes", checksum);
  },
  async "TestS3::test_multipart_and_list_parts"(s) {
    const at = { Key: "test-list-parts" };
    const { UploadId } = await s.is("create-multipart", "CreateMultipartUpload", at);
    await s.is("list-part-after-created", "ListParts", { ...at, UploadId });
    await s.is("list-all-uploads", "ListMultipartUploads");
    const part = await s.is("upload-part", "UploadPart", { ...at, UploadId, PartNumber: 1, Body: FIVE });
    await s.is("list-part-after-upload", "ListParts", { ...at, UploadId });
    await s.is("list-all-uploads-after", "ListMultipartUploads");
    const Parts = [{ ETag: part.ETag, PartNumber: 1 }];
    await s.is("complete-multipart", complete, { ...at, UploadId, MultipartUpload: { Parts } });
    await s.is("list-part-after-complete-exc", "ListParts", { ...at, UploadId });
    await s.is("list-all-uploads-completed", "ListMultipartUploads");
    await s.is("head-multipart-checksum", "HeadObject", { ...at, ChecksumMode: "ENABLED" });
    await s.is("get-multipart-checksum", "GetObject", at);
  },
  async "TestS3::test_multipart_no_such_upload"(s) {
    const fake = { Key: "fake-key", UploadId: "fakeid" };
    await s.is("upload-exc", "UploadPart", { ...fake, Body: "data", PartNumber: 1 });
    await s.is("complete-exc", complete, fake);
    await s.is("abort-exc", "AbortMultipartUpload", fake);
  },
  async "TestS3::test_multipart_complete_multipart_too_small"(s) {
    const Key = "test-upload-part-exc";
    const { UploadId } = await s.do("CreateMultipartUpload", { Key });
    const Parts: object[] = [];
    for (const PartNumber of [1, 2]) {
      const input = { Key, UploadId, PartNumber, Body: "data" };
      const { ETag } = await s.is(`upload-part${PartNumber}`, "UploadPart", input);
      Parts.push({ ETag, PartNumber });
    }
    await s.is("complete-exc-no-parts", complete, { Key, UploadId });
    await s.is("complete-exc-too-small", complete, { Key, UploadId, MultipartUpload: { Parts } });
  },
  async "TestS3::test_multipart_complete_multipart_wrong_part"(s) {
    const Key = "test-upload-part-exc";
    const { UploadId } = await s.do("CreateMultipartUpload", { Key });
    const { ETag } = await s.do("UploadPart", { Key, UploadId, PartNumber: 1, Body: "data" });
    const completes = (label: string, part: object): Promise<object> =>
      s.is(label, complete, { Key, UploadId, MultipartUpload: { Parts: [part] } });
    await completes("complete-exc-wrong-part-number", { ETag, PartNumber: 2 });
    await completes("complete-exc-wrong-etag", { ETag: "d41d8cd98f00b204e9800998ecf8427e", PartNumber: 1 });
  },
  async "TestS3::test_multipart_overwrite_key"(s) {
    const Key = "test.file";
    await s.is("put-object", "PutObject", { Key, Body: "test content 123" });
    s.matches("multipart-upload", await multipart(s, { Key, data: "test content 123" }));
  },
  async "TestS3::test_multipart_copy_object_etag"(s) {
    const Key = "test.file";
    const CopySource = `${BUCKET}/${Key}`;
    s.matches("multipart-upload", await multipart(s, { Key, data: "test content 123" }));
    await s.is("copy-object", "CopyObject", { CopySource, Key: "copy.file" });
    await s.is("copy-object-in-place", "CopyObject", { CopySource, Key, MetadataDirective: "REPLACE" });
    await s.is("head-obj", "HeadObject", { Key, ChecksumMode: "ENABLED" });
  },
  async "TestS3::test_get_object_part"(s) {
    const Key = "test.file";
    s.matches("multipart-upload", await multipart(s, { Key, data: "test content 123", parts: 2 }));
    await s.is("head-object-part", "HeadObject", { Key, PartNumber: 2 });
    await s.is("get-object-part", "GetObject", { Key, PartNumber: 2 });
    await s.is("get-object-part-with-checksum", "GetObject", { Key, PartNumber: 2 });
    await s.is("part-doesnt-exist", "GetObject", { Key, PartNumber: 10 });
    await s.is("part-with-range", "GetObject", { Key, PartNumber: 2, Range: "bytes=0-8" });
    await s.do("PutObject", { Key: "key-no-part", Body: "test-123" });
    await s.is("part-no-multipart", "GetObject", { Key: "key-no-part", PartNumber: 2 });
    await s.is("get-obj-no-multipart", "GetObject", { Key: "key-no-part", PartNumber: 1 });
  },
  async "TestS3::test_set_external_hostname"(s) {
    await s.do("DeleteBucketOwnershipControls");
    await s.do("DeletePublicAccessBlock");
    const made = await multipart(s, { Key: "test.file", data: "test content 123", ACL: "public-read" });
    s.matches("multipart-upload", made);
    s.matches("get-object", made);
  },
  async "TestS3::test_complete_multipart_parts_order"(s) {
    const upload = async (Key: string, first: number): Promise<{ at: object; Parts: object[] }> => {
      const { UploadId } = await s.do("CreateMultipartUpload", { Key });
      const Parts: object[] = [];
      for (const PartNumber of [first, first + 1, first + 2]) {
        const { ETag } = await s.do("UploadPart", { Key, UploadId, PartNumber, Body: LARGE });
        Parts.push({ ETag, PartNumber });
      }
      return { at: { Key, UploadId }, Parts };
    };
    const { at, Parts } = await upload("test-order-parts", 1);
    await s.is("upload-part-negative-part-number", "UploadPart", { ...at, Body: "", PartNumber: -1 });
    const backwards = { ...at, MultipartUpload: { Parts: Parts.toReversed() } };
    await s.is("complete-multipart-unordered", complete, backwards);
    await s.is("complete-multipart-ordered", complete, { ...at, MultipartUpload: { Parts } });
    const second = await upload("key-sequence-with-step-2", 2);
    const stepped = { ...second.at, MultipartUpload: { Parts: second.Parts } };
    await s.is("complete-multipart-with-step-2", complete, stepped);
  },
  "TestS3::test_get_object_part_checksum[COMPOSITE]": onePart("COMPOSITE"),
  "TestS3::test_get_object_part_checksum[FULL_OBJECT]": onePart("FULL_OBJECT"),
});
