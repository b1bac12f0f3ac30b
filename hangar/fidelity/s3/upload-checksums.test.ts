// Checksums of multipart uploads, as they were recorded from AWS (see ../NOTICE).

import { checksumText, newChecksum } from "../../protocols/checksums.ts";
import { BUCKET, recorded, type Answer, type Driver } from "./session.ts";
import { LARGE } from "./uploads.ts";

type Algorithm = "CRC32" | "CRC32C" | "CRC64NVME" | "SHA1" | "SHA256";
const ALL: readonly Algorithm[] = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"];
const UPLOAD = "TestS3MultipartUploadChecksum::test";
const complete = "CompleteMultipartUpload";
const each = (name: string, algorithms: readonly Algorithm[], driver: (algorithm: Algorithm) => Driver) =>
  Object.fromEntries(algorithms.map((algorithm) => [`${name}[${algorithm}]`, driver(algorithm)]));

function checksumOf(algorithm: Algorithm, text: string): string {
  const digest = newChecksum(algorithm);
  digest.update(Buffer.from(text));
  return checksumText(digest);
}

const blamed: Readonly<Record<string, Readonly<Partial<Record<Algorithm, number>>>>> = {
  COMPOSITE: { CRC32: 1, CRC32C: 2, SHA1: 3, SHA256: 3 },
  FULL_OBJECT: { CRC32: 3, CRC32C: 1, CRC64NVME: 1 },
};

const wholeUpload =
  (ChecksumType: "COMPOSITE" | "FULL_OBJECT") =>
  (ChecksumAlgorithm: Algorithm): Driver =>
  async (s) => {
    const Key = "test-multipart-checksum";
    const member = `Checksum${ChecksumAlgorithm}`;
    const created = await s.is("create-mpu-checksum", "CreateMultipartUpload", {
      Key,
      ChecksumAlgorithm,
      ChecksumType,
    });
    const at = { Key, UploadId: created.UploadId };
    const Parts: Record<string, unknown>[] = [];
    for (const [index, Body] of [LARGE, LARGE, "a".repeat(10)].entries()) {
      const part = { ...at, PartNumber: index + 1, Body, ChecksumAlgorithm };
      const answer = await s.is(`upload-part-${index}`, "UploadPart", part);
      Parts.push({ ETag: answer.ETag, PartNumber: index + 1, [member]: answer[member] });
    }
    await s.is("list-parts", "ListParts", at);
    // All were wrong, and S3 named any of them: the one it named is wrong here.
    const named = blamed[ChecksumType]?.[ChecksumAlgorithm];
    const wrong = Parts.map((part) =>
      part["PartNumber"] === named ? { ...part, [member]: checksumOf(ChecksumAlgorithm, "aaa") } : part,
    );
    await s.is("complete-multipart-wrong-parts-checksum", complete, { ...at, MultipartUpload: { Parts: wrong } });
    if (ChecksumType === "COMPOSITE") {
      const bare = Parts.map(({ ETag, PartNumber }) => ({ ETag, PartNumber }));
      await s.is("complete-multipart-no-checksum", complete, { ...at, MultipartUpload: { Parts: bare } });
    }
    const whole = ChecksumType === "COMPOSITE" ? {} : { ChecksumType };
    await s.is("complete-multipart-checksum", complete, { ...at, MultipartUpload: { Parts }, ...whole });
    await s.is("get-object-with-checksum", "GetObject", { Key });
    await s.is("head-object-with-checksum", "HeadObject", { Key, ChecksumMode: "ENABLED" });
    const ObjectAttributes = ["Checksum", "ETag", "ObjectParts"];
    await s.is("get-object-attrs", "GetObjectAttributes", { Key, ObjectAttributes });
    await s.is("copy-obj-checksum", "CopyObject", { Key: "copied", CopySource: `${BUCKET}/${Key}` });
    await s.is("get-copy-object-attrs", "GetObjectAttributes", { Key: "copied", ObjectAttributes });
    await s.is("get-object-part-checksum", "GetObject", { Key, PartNumber: 3 });
  };

const partException =
  (ChecksumAlgorithm: Algorithm): Driver =>
  async (s) => {
    const Key = "test-multipart-checksum-exc";
    const { UploadId } = await s.do("CreateMultipartUpload", { Key, ChecksumAlgorithm });
    const put = (label: string, value: string): Promise<Answer> =>
      s.is(label, "UploadPart", {
        Key,
        UploadId,
        PartNumber: 1,
        Body: "test data..",
        ChecksumAlgorithm,
        [`Checksum${ChecksumAlgorithm}`]: value,
      });
    await put("put-wrong-checksum-no-b64", "abcdefgh!");
    await put("put-wrong-checksum-value", checksumOf(ChecksumAlgorithm, "bad data"));
  };

const compatibility =
  (ChecksumType: string, ChecksumAlgorithm: Algorithm): Driver =>
  async (s) => {
    const isCrc = ChecksumAlgorithm.startsWith("CRC");
    const fits = ChecksumType === "COMPOSITE" ? ChecksumAlgorithm !== "CRC64NVME" : isCrc;
    const input = { Key: "test-multipart-checksum-compat", ChecksumType, ChecksumAlgorithm };
    await s.is(fits ? "create-mpu-checksum" : "create-mpu-checksum-exc", "CreateMultipartUpload", input);
  };

const partCopy =
  (ChecksumType: string): Driver =>
  async (s) => {
    const Key = "test-multipart-checksum";
    const CopySource = `${BUCKET}/source`;
    await s.is("put-object", "PutObject", { Key: "source", Body: "this is a part" });
    const create = { Key, ChecksumAlgorithm: "CRC32C", ChecksumType };
    const { UploadId } = await s.is("create-mpu-checksum-sha256", "CreateMultipartUpload", create);
    const copied = await s.is("upload-part-copy", "UploadPartCopy", { Key, UploadId, PartNumber: 1, CopySource });
    await s.is("list-parts", "ListParts", { Key, UploadId });
    const { ETag, ChecksumCRC32C } = copied["CopyPartResult"] as Record<string, string>;
    const Parts = [{ ETag, PartNumber: 1, ChecksumCRC32C }];
    await s.is("complete-multipart-checksum", complete, { Key, UploadId, MultipartUpload: { Parts } });
    await s.is("get-object-with-checksum", "GetObject", { Key });
    await s.is("head-object-with-checksum", "HeadObject", { Key, ChecksumMode: "ENABLED" });
    const ObjectAttributes = ["Checksum", "ETag", "ObjectParts"];
    await s.is("get-object-attrs", "GetObjectAttributes", { Key, ObjectAttributes });
  };

recorded(import.meta.url, "general", {
  ...each(
    `${UPLOAD}_complete_multipart_parts_checksum_composite`,
    ["CRC32", "CRC32C", "SHA1", "SHA256"],
    wholeUpload("COMPOSITE"),
  ),
  ...each(
    `${UPLOAD}_complete_multipart_parts_checksum_full_object`,
    ["CRC32", "CRC32C", "CRC64NVME"],
    wholeUpload("FULL_OBJECT"),
  ),
  ...each(`${UPLOAD}_multipart_upload_part_checksum_exception`, ALL, partException),
  ...each(`${UPLOAD}_multipart_checksum_type_default_for_checksum`, ALL, (ChecksumAlgorithm) => async (s) => {
    const input = { Key: "test-multipart-checksum-default", ChecksumAlgorithm };
    await s.is("create-mpu-default-checksum-type", "CreateMultipartUpload", input);
  }),
  ...Object.fromEntries(
    ["COMPOSITE", "FULL_OBJECT"].flatMap((type) =>
      ALL.map((algorithm) => [
        `${UPLOAD}_multipart_checksum_type_compatibility[${type}-${algorithm}]`,
        compatibility(type, algorithm),
      ]),
    ),
  ),
  [`${UPLOAD}_multipart_upload_part_copy_checksum[COMPOSITE]`]: partCopy("COMPOSITE"),
  [`${UPLOAD}_multipart_upload_part_copy_checksum[FULL_OBJECT]`]: partCopy("FULL_OBJECT"),
});
