// Uploads of one checksum mode completed in another, as they were recorded from AWS (see ../NOTICE).

import { createHash } from "node:crypto";
import { checksumText, newChecksum } from "../../protocols/checksums.ts";
import { BUCKET, recorded, type Answer, type Session } from "./session.ts";
import { LARGE } from "./uploads.ts";

const UPLOAD = "TestS3MultipartUploadChecksum::test_";
const complete = "CompleteMultipartUpload";

function checksumOf(algorithm: "CRC32" | "CRC32C" | "CRC64NVME" | "SHA256", text: string): string {
  const digest = newChecksum(algorithm);
  digest.update(Buffer.from(text));
  return checksumText(digest);
}

type Begun = { readonly Key: string; readonly UploadId: string };

const completing = (at: Begun, ETag: string, part: object = {}, more: object = {}): object => ({
  ...at,
  MultipartUpload: { Parts: [{ ETag, PartNumber: 1, ...part }] },
  ...more,
});

/** What was made, read in every way that tells its checksum. */
async function readBack(s: Session, Key: string): Promise<void> {
  await s.is("get-object-with-checksum", "GetObject", { Key, ChecksumMode: "ENABLED" });
  await s.is("head-object-with-checksum", "HeadObject", { Key, ChecksumMode: "ENABLED" });
  await s.is("get-object-attrs", "GetObjectAttributes", {
    Key,
    ObjectAttributes: ["Checksum", "ETag", "ObjectParts"],
  });
}

recorded(import.meta.url, "general", {
  async [`${UPLOAD}complete_multipart_parts_checksum_default`](s) {
    const Key = "test-multipart-checksum";
    const { UploadId } = await s.is("create-mpu-no-checksum", "CreateMultipartUpload", { Key });
    const at = { Key, UploadId };
    await s.is("list-multiparts", "ListMultipartUploads");
    const part = { ...at, PartNumber: 1, Body: "aaa", ChecksumAlgorithm: "CRC32C" };
    const { ETag } = await s.is("upload-part-different-checksum-than-default", "UploadPart", part);
    await s.is("list-parts", "ListParts", at);
    const right = { ChecksumCRC32C: checksumOf("CRC32C", "aaa") };
    await s.is("complete-multipart-parts-checksum", complete, completing(at, ETag, right));
    const wrong = { ChecksumSHA256: checksumOf("SHA256", "aaa") };
    await s.is("complete-multipart-wrong-parts-checksum", complete, completing(at, ETag, wrong));
    for (const ChecksumType of ["FULL_OBJECT", "COMPOSITE"]) {
      const label = `complete-multipart-${ChecksumType.toLowerCase().replace("_", "-")}-type`;
      await s.is(label, complete, completing(at, ETag, {}, { ChecksumType }));
    }
    await s.is("complete-multipart-checksum", complete, completing(at, ETag));
    await readBack(s, Key);
    const copied = { Key: "copied", CopySource: `${BUCKET}/${Key}` };
    await s.is("copy-obj-checksum", "CopyObject", copied);
    const asked = { Key: "copied", ObjectAttributes: ["Checksum", "ETag", "ObjectParts"] };
    await s.is("get-copy-object-attrs", "GetObjectAttributes", asked);
  },
  async [`${UPLOAD}complete_multipart_parts_checksum_full_object_default`](s) {
    const begun = { Key: "test-multipart-checksum", ChecksumAlgorithm: "CRC64NVME" };
    const { UploadId } = await s.is("create-mpu-checksum-crc64", "CreateMultipartUpload", begun);
    const at = { Key: begun.Key, UploadId };
    const part = { ...at, PartNumber: 1, Body: "aaa", ChecksumAlgorithm: "CRC64NVME" };
    const { ETag } = await s.is("upload-part", "UploadPart", part);
    await s.is("complete-multipart-checksum", complete, completing(at, ETag));
    await readBack(s, begun.Key);
  },
  async [`${UPLOAD}multipart_parts_checksum_exceptions_full_object`](s) {
    const Key = "test-multipart-checksum-exc";
    const create = (label: string, more: object): Promise<Answer> =>
      s.is(label, "CreateMultipartUpload", { Key, ...more });
    await create("create-mpu-no-checksum-algo-with-type", { ChecksumType: "FULL_OBJECT" });
    const full = { ChecksumAlgorithm: "CRC32C", ChecksumType: "FULL_OBJECT" };
    const { UploadId } = await create("create-mpu-checksum-crc32c", full);
    const at = { Key, UploadId };
    await s.is("list-multiparts", "ListMultipartUploads");
    const part = { ...at, PartNumber: 1, Body: "abc" };
    const { ETag } = await s.is("upload-part-no-checksum-ok", "UploadPart", part, { plain: true });
    const right = { ChecksumCRC32C: checksumOf("CRC32C", "abc") };
    const bad = { ChecksumCRC32C: checksumOf("CRC32C", "bad") };
    const tried: readonly (readonly [string, object, object])[] = [
      ["bad-checksum-type", right, { ChecksumType: "COMPOSITE" }],
      ["good-checksum-no-type", right, bad],
      ["only-checksum-algo", {}, bad],
      ["only-checksum-algo-diff", {}, { ...bad, ChecksumType: "FULL_OBJECT" }],
      ["bad-checksum", right, bad],
      ["bad-checksum-algo", right, { ...bad, ChecksumType: "FULL_OBJECT" }],
    ];
    for (const [name, of, more] of tried) await s.is(`complete-part-${name}`, complete, completing(at, ETag, of, more));
    const type = { ChecksumType: "FULL_OBJECT" };
    await s.is("complete-success", complete, completing(at, ETag, right, { ...right, ...type }));
    const other = await create("create-mpu-with-checksum", full);
    const differing = { ...part, UploadId: other.UploadId, ChecksumAlgorithm: "CRC32" };
    await s.is("upload-part-different-checksum-exc", "UploadPart", differing);
  },
  async [`${UPLOAD}multipart_size_validation`](s) {
    const Key = "test-multipart-size";
    const { UploadId } = await s.is("create-mpu", "CreateMultipartUpload", { Key });
    const at = { Key, UploadId };
    const { ETag } = await s.is("upload-part", "UploadPart", { ...at, PartNumber: 1, Body: "aaaa" });
    await s.is("complete-multipart-wrong-size", complete, completing(at, ETag, {}, { MpuObjectSize: 5 }));
    await s.is("complete-multipart-good-size", complete, completing(at, ETag, {}, { MpuObjectSize: 4 }));
    await s.is("get-object-attrs", "GetObjectAttributes", { Key, ObjectAttributes: ["Checksum", "ETag"] });
  },
});

recorded(import.meta.url, "list-operations", {
  async "TestS3ListParts::test_list_parts_via_object_attrs_pagination"(s) {
    const begun = { Key: "test-object-attrs-pagination", ChecksumAlgorithm: "SHA256" };
    const { UploadId } = await s.do("CreateMultipartUpload", begun);
    const at = { Key: begun.Key, UploadId };
    const Parts: object[] = [];
    for (const PartNumber of [1, 2]) {
      const part = { ...at, PartNumber, Body: LARGE, ChecksumAlgorithm: "SHA256" };
      const { ETag } = await s.do("UploadPart", part);
      Parts.push({ ETag, PartNumber, ChecksumSHA256: createHash("sha256").update(LARGE).digest("base64") });
    }
    await s.is("list-parts", "ListParts", at);
    await s.is("complete-mpu", complete, { ...at, MultipartUpload: { Parts } });
    const attributes = (label: string, more: object = {}): Promise<Answer> =>
      s.is(label, "GetObjectAttributes", { Key: begun.Key, ObjectAttributes: ["ObjectParts"], ...more });
    await attributes("get-object-attrs-all");
    await attributes("get-object-attrs-1", { MaxParts: 1000 });
    await attributes("get-object-attrs-next", { MaxParts: 1, PartNumberMarker: 1 });
    await attributes("get-object-attrs-wrong-part", { MaxParts: 1, PartNumberMarker: 10 });
  },
});
