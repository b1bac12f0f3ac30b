// Ranges of objects and of copied parts, as they were recorded from AWS (see ../NOTICE).

import { BUCKET, recorded } from "./session.ts";

const CopySource = `${BUCKET}/src-key`;
const at = { Key: "test-upload-part-copy" };

recorded(import.meta.url, "api", {
  async "TestS3ObjectCRUD::test_get_object_range"(s) {
    const Key = "test-key-range";
    await s.do("PutObject", { Key, Body: "0123456789" });
    const get = (label: string, Range: string): Promise<object> => s.is(label, "GetObject", { Key, Range });
    await get("get-0-8", "bytes=0-8");
    await get("get-0-8-checksum", "bytes=0-8");
    for (const range of ["1-1", "1-0", "1-", "-1-", "-2", "-9", "-15", "0-100", "0-0", "0--1"]) {
      await get(`get-${range}`, `bytes=${range}`);
    }
    await get("get-multiple-ranges", "bytes=0-1,3-4,7-9");
    await get("get-wrong-format", "0-1");
    await get("get--", "bytes=-");
    await get("get--0", "bytes=-0");
    await get("get-100-200", "bytes=100-200");
    await s.is("put-after-failed", "PutObject", { Key, Body: "01234567890123456789" });
  },
  async "TestS3Multipart::test_upload_part_copy_range"(s) {
    await s.is("put-src-object", "PutObject", { Key: "src-key", Body: "0123456789" });
    const { UploadId } = await s.is("create-multipart", "CreateMultipartUpload", at);
    const copy = (label: string, PartNumber: number, CopySourceRange: string): Promise<object> =>
      s.is(label, "UploadPartCopy", { ...at, UploadId, PartNumber, CopySource, CopySourceRange });
    for (const [index, range] of ["0-8", "1-1", "0-0"].entries()) {
      await copy(`upload-part-copy-${index + 1}`, index + 1, `bytes=${range}`);
    }
    await s.is("list-parts", "ListParts", { ...at, UploadId });
    await copy("upload-part-copy-wrong-format", 1, "0-8");
    const wrong = ["1-0", "-1-", "0--1", "0-1,3-4,7-9", "-", "-0", "0-100", "100-200", "1-", "-2", "-15"];
    for (const range of wrong) await copy(`upload-part-copy-range-exc-${range}`, 1, `bytes=${range}`);
  },
  async "TestS3Multipart::test_upload_part_copy_no_copy_source_range"(s) {
    await s.is("put-src-object", "PutObject", { Key: "src-key", Body: "0123456789" });
    const { UploadId } = await s.is("create-multipart", "CreateMultipartUpload", at);
    await s.is("upload-part-copy", "UploadPartCopy", { ...at, UploadId, PartNumber: 1, CopySource });
    await s.is("list-parts", "ListParts", { ...at, UploadId });
  },
});
