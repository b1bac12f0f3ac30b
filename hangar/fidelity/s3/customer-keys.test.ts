// Encryption with customers' keys and with KMS's, as they were recorded from AWS (see ../NOTICE).

import { CreateKeyCommand, DisableKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { createHash } from "node:crypto";
import { BUCKET, recorded, type Answer, type Session } from "./session.ts";
import { LARGE } from "./uploads.ts";

const SSE = "TestS3SSECEncryption::test";
const of = (text: string): { SSECustomerKey: string; SSECustomerKeyMD5: string } => ({
  SSECustomerKey: btoa(text),
  SSECustomerKeyMD5: createHash("md5").update(text).digest("base64"),
});
const AES = { SSECustomerAlgorithm: "AES256" };
const ONE = "1234567890abcdef1234567890abcdef";
const TWO = "abcdef1234567890abcdef1234567890";
const first = { ...AES, ...of(ONE) };
const second = { ...AES, ...of(TWO) };
const KMS = { SSECustomerAlgorithm: "KMS", ...of(ONE) };
const at = { Key: "test-sse-c" };

/** As buckets were when this was recorded: since April 2026 they refuse SSE-C until they are told not to. */
async function unblock(s: Session): Promise<void> {
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: "AES256" };
  const Rules = [{ ApplyServerSideEncryptionByDefault, BlockedEncryptionTypes: { EncryptionType: ["NONE"] } }];
  await s.do("PutBucketEncryption", { ServerSideEncryptionConfiguration: { Rules } });
}

async function newKey(s: Session, region = "us-east-1"): Promise<Record<string, string>> {
  const kms = new KMSClient({ ...s.cloud.clientConfig(), region });
  return (await kms.send(new CreateKeyCommand({}))).KeyMetadata as unknown as Record<string, string>;
}

recorded(import.meta.url, "general", {
  async [`${SSE}_put_object_lifecycle_with_sse_c`](s) {
    await unblock(s);
    await s.is("put-obj-sse-c", "PutObject", { ...at, Body: "test_data", ...first });
    await s.is("head-obj-sse-c", "HeadObject", { ...at, ...first });
    await s.is("get-obj-sse-c", "GetObject", { ...at, ...first });
    const ObjectAttributes = ["ETag", "ObjectSize"];
    const described = await s.do("GetObjectAttributes", { ...at, ...first, ObjectAttributes });
    s.matches("get-obj-attrs-sse-c", described);
    await s.is("del-obj-sse-c", "DeleteObject", at);
  },
  async [`${SSE}_put_object_default_checksum_with_sse_c`](s) {
    await unblock(s);
    await s.do("PutObject", { ...at, Body: "test data..", ...first }, { plain: true });
    await s.is("head-obj-sse-c", "HeadObject", { ...at, ...first, ChecksumMode: "ENABLED" });
    await s.is("get-obj-sse-c", "GetObject", { ...at, ...first });
    await s.is("get-obj-attrs-sse-c", "GetObjectAttributes", {
      ...at,
      ...first,
      ObjectAttributes: ["ETag", "Checksum"],
    });
  },
  async [`${SSE}_copy_object_with_sse_c`](s) {
    await unblock(s);
    const read = (key: object): object =>
      Object.fromEntries(Object.entries(key).map(([name, value]) => [`CopySource${name}`, value as string]));
    const base = { Key: "test-sse-c-target", CopySource: `${BUCKET}/test-sse-c-src` };
    const copy = (label: string, input: object): Promise<Answer> => s.is(label, "CopyObject", { ...base, ...input });
    await s.is("put-obj-sse-c", "PutObject", { Key: "test-sse-c-src", Body: "test_data", ...first });
    await copy("copy-obj-sse-c-target-no-sse-c", read(first));
    await copy("copy-obj-sse-c", { ...read(first), ...first });
    await s.is("get-obj-no-sse-c-param", "GetObject", { Key: "test-sse-c-target" });
    await copy("copy-obj-no-src-sse-c", first);
    await copy("copy-obj-wrong-src-sse-c-algo", read(KMS));
    await copy("copy-obj-wrong-target-sse-c-algo", { ...read(first), ...KMS });
    await copy("copy-obj-target-double-encryption", { ...read(first), ...first, ServerSideEncryption: "AES256" });
  },
  async [`${SSE}_multipart_upload_sse_c`](s) {
    await unblock(s);
    const Key = "test-sse-c-multipart";
    const { UploadId } = await s.is("create-mpu-sse-c", "CreateMultipartUpload", { Key, ...first });
    const Parts: object[] = [];
    for (const PartNumber of [1, 2, 3]) {
      const input = { Key, UploadId, PartNumber, Body: LARGE, ...first };
      const { ETag } = await s.is(`upload-part-${PartNumber - 1}`, "UploadPart", input);
      Parts.push({ ETag, PartNumber });
    }
    await s.is("list-parts", "ListParts", { Key, UploadId });
    const completion = { Key, UploadId, MultipartUpload: { Parts } };
    await s.is("complete-multipart-checksum", "CompleteMultipartUpload", completion);
    await s.is("get-obj-no-sse-c-param", "GetObject", { Key });
    await s.is("get-obj-sse-c", "GetObject", { Key, ...first });
  },
  async [`${SSE}_multipart_upload_sse_c_validation`](s) {
    await unblock(s);
    const Key = "test-sse-c-multipart";
    const part = { Key, PartNumber: 1, Body: "testbody" };
    const plain = await s.is("create-mpu-no-sse-c", "CreateMultipartUpload", { Key });
    const mixed = { ...part, UploadId: plain.UploadId, ...first };
    await s.is("mpu-no-sse-c-upload-part-with-sse-c", "UploadPart", mixed);
    await s.do("AbortMultipartUpload", { Key, UploadId: plain.UploadId });
    const { UploadId } = await s.is("create-mpu-sse-c", "CreateMultipartUpload", { Key, ...first });
    await s.is("mpu-sse-c-upload-part-no-sse-c", "UploadPart", { ...part, UploadId });
    await s.is("mpu-sse-c-upload-part-wrong-sse-c", "UploadPart", { ...part, UploadId, ...second });
  },
  async [`${SSE}_sse_c_with_versioning`](s) {
    await unblock(s);
    await s.do("PutBucketVersioning", { VersioningConfiguration: { Status: "Enabled" } });
    const Key = "test-versioning-sse-c";
    const one = await s.is("put-obj-sse-c-version-1", "PutObject", { Key, Body: "version1", ...first });
    const two = await s.is("put-obj-sse-c-version-2", "PutObject", { Key, Body: "version2", ...second });
    await s.is("get-obj-sse-c-last-version", "GetObject", { Key, ...second });
    await s.is("get-obj-sse-c-version-2", "GetObject", { Key, ...second, VersionId: two.VersionId });
    const old = { Key, VersionId: one.VersionId };
    await s.is("get-obj-sse-c-last-version-wrong-key", "GetObject", { ...old, ...second });
    await s.is("get-obj-sse-c-version-1", "GetObject", { ...old, ...first });
  },
  async "TestS3::test_s3_sse_validate_kms_key_state"(s) {
    const key = await newKey(s);
    s.matches("create-kms-key", key);
    const kms = { Body: "test-sse", ServerSideEncryption: "aws:kms", SSEKMSKeyId: key["KeyId"] };
    const Key = "put-object-with-sse";
    await s.is("success-put-object-sse", "PutObject", { Key, ...kms });
    await s.is("success-get-object-sse", "GetObject", { Key });
    const client = new KMSClient(s.cloud.clientConfig());
    await client.send(new DisableKeyCommand({ KeyId: key["KeyId"] }));
    await s.is("get-obj-disabled-key", "GetObject", { Key });
    await s.is("put-obj-disabled-key", "PutObject", { Key: "key-is-deactivated", ...kms });
    await client.send(new ScheduleKeyDeletionCommand({ KeyId: key["KeyId"], PendingWindowInDays: 7 }));
    await s.is("get-obj-pending-deletion-key", "GetObject", { Key });
  },
  async "TestS3::test_s3_sse_validate_kms_key"(s) {
    const Bucket = "bucket-test-kms";
    const ohio = { region: "us-east-2" };
    await s.do("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: "us-east-2" } }, ohio);
    const key = await newKey(s, "us-west-2");
    s.matches("create-kms-key", key);
    const put = (label: string, SSEKMSKeyId: string | undefined): Promise<Answer> =>
      s.is(
        label,
        "PutObject",
        { Bucket, Key: "k", Body: "test-sse", ServerSideEncryption: "aws:kms", SSEKMSKeyId },
        ohio,
      );
    const uuid = "134f2428-cec1-4b25-a1ae-9048164dba47";
    await put("put-obj-wrong-kms-key", "fake-key-id");
    await put("put-obj-wrong-kms-key-real-uuid", uuid);
    const arn = key["Arn"]?.replace("us-west-2", "us-east-2").replace(key["KeyId"] ?? "", uuid);
    await put("put-obj-wrong-kms-key-real-uuid-arn", arn);
    await put("put-obj-different-region-kms-key", key["Arn"]);
    await put("put-obj-different-region-kms-key-no-arn", key["KeyId"]);
    const fake = { Bucket, ServerSideEncryption: "aws:kms", SSEKMSKeyId: "fake-key-id" };
    await s.is("create-multipart-wrong-kms-key", "CreateMultipartUpload", { ...fake, Key: "m" }, ohio);
    await s.do("PutObject", { Bucket, Key: "source", Body: "test-data" }, ohio);
    const copy = { ...fake, Key: "copy", CopySource: `${Bucket}/source` };
    await s.is("copy-obj-wrong-kms-key", "CopyObject", copy, ohio);
  },
});
