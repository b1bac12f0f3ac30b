// Copies, as they were recorded from AWS (see ../NOTICE).

import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { BUCKET, recorded, type Answer, type Driver, type Session } from "./session.ts";

const Key = "source-object";
const CopySource = `${BUCKET}/${Key}`;
const json = { Key, Body: '{"key": "value"}', ContentType: "application/json", Metadata: { key: "value" } };
const attributes = (key: string, ...ObjectAttributes: string[]): object => ({ Key: key, ObjectAttributes });
const inPlace = { Key, CopySource };
const REPLACE = { MetadataDirective: "REPLACE" };

const versioning = (s: Session, Status: string): Promise<Answer> =>
  s.do("PutBucketVersioning", { VersioningConfiguration: { Status } });

async function opened(s: Session): Promise<void> {
  await s.do("DeleteBucketOwnershipControls");
  await s.do("DeletePublicAccessBlock");
}

async function keyOf(s: Session): Promise<string | undefined> {
  const { KeyMetadata } = await new KMSClient(s.cloud.clientConfig()).send(new CreateKeyCommand({}));
  return KeyMetadata?.KeyId;
}

const tagged =
  (directive: string | undefined): Driver =>
  async (s) => {
    const kind = directive === undefined ? {} : { TaggingDirective: directive };
    const copyOf = `${Key}-copy`;
    const empty = `${Key}-copy-tag-empty`;
    await s.is("put-object", "PutObject", { Key, Body: "test", Tagging: "key1=value1" });
    await s.is("get-object-tag", "GetObjectTagging", { Key });
    await s.is("copy-object", "CopyObject", { CopySource, Key: copyOf, Tagging: "key2=value2", ...kind });
    await s.is("get-copy-object-tag", "GetObjectTagging", { Key: copyOf });
    await s.is("copy-object-tag-empty", "CopyObject", { CopySource, Key: empty, ...kind });
    await s.is("get-copy-object-tag-empty", "GetObjectTagging", { Key: empty });
  };

const taggedVersions =
  (directive: string | undefined): Driver =>
  async (s) => {
    const kind = directive === undefined ? {} : { TaggingDirective: directive };
    await versioning(s, "Enabled");
    const first = await s.is("put-object", "PutObject", { Key, Body: "test", Tagging: "key1=value1" });
    await s.is("put-object-v2", "PutObject", { Key, Body: "test-v2", Tagging: "key1=value1-v2" });
    await s.is("get-object-tag", "GetObjectTagging", { Key });
    await s.is("get-object-tag-v1", "GetObjectTagging", { Key, VersionId: first.VersionId });
    const old = `${CopySource}?versionId=${first.VersionId}`;
    const copies: [string, string, object][] = [
      ["", CopySource, { Tagging: "key2=value2" }],
      ["-tag-empty", CopySource, {}],
      ["-v1", old, { Tagging: "key2=value2" }],
      ["-tag-empty-v1", old, {}],
    ];
    for (const [name, source, tagging] of copies) {
      const target = { CopySource: source, Key: `${Key}-copy${name}` };
      await s.is(`copy-object${name}`, "CopyObject", { ...target, ...tagging, ...kind });
      const read = name.startsWith("-tag") ? `get-copy-object${name}` : `get-copy-object-tag${name}`;
      await s.is(read, "GetObjectTagging", { Key: `${Key}-copy${name}` });
    }
  };

const withChecksum =
  (ChecksumAlgorithm: string): Driver =>
  async (s) => {
    await s.is("put-object-no-checksum", "PutObject", json);
    await s.is("object-attrs", "GetObjectAttributes", attributes(Key, "Checksum"));
    const changed = { ...inPlace, ChecksumAlgorithm, Metadata: { key1: "value1" }, ...REPLACE };
    await s.is("copy-object-in-place-with-checksum", "CopyObject", changed);
    await s.is("object-attrs-after-copy", "GetObjectAttributes", attributes(Key, "Checksum"));
    await s.is("copy-object-to-dest-keep-checksum", "CopyObject", { CopySource, Key: "dest-object" });
  };

recorded(import.meta.url, "general", {
  async "TestS3::test_s3_multipart_upload_sse"(s) {
    const at = { Key: "test-sse-field-multipart" };
    const kms = { BucketKeyEnabled: true, SSEKMSKeyId: await keyOf(s), ServerSideEncryption: "aws:kms" };
    const { UploadId } = await s.is("multi-sse-create-multipart", "CreateMultipartUpload", { ...at, ...kms });
    const part = { ...at, UploadId, PartNumber: 1, Body: "test-sse", ChecksumAlgorithm: "CRC32" };
    const { ETag } = await s.is("multi-sse-upload-part", "UploadPart", part);
    const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
    await s.is("multi-sse-compete-multipart", "CompleteMultipartUpload", { ...at, UploadId, MultipartUpload });
    await s.is("get-obj", "GetObject", at);
  },
  async "TestS3::test_copy_object_kms"(s) {
    const SSEKMSKeyId = await keyOf(s);
    await s.do("PutObject", { Key: "mykey", Body: "hello world" });
    await s.is("get-object", "GetObject", { Key: "mykey" });
    const kms = { BucketKeyEnabled: true, SSEKMSKeyId, ServerSideEncryption: "aws:kms" };
    await s.is("copy-object", "CopyObject", { CopySource: `${BUCKET}/mykey`, Key: "copiedkey", ...kms });
    await s.is("get-copied-object", "GetObject", { Key: "copiedkey" });
  },
  async "TestS3::test_s3_copy_metadata_replace"(s) {
    await s.is("put_object", "PutObject", { ...json, ContentLanguage: "en-US" });
    await s.is("head_object", "HeadObject", { Key });
    const target = { CopySource, Key: `${Key}-copy`, Metadata: { "another-key": "value" }, ContentType: "image/jpg" };
    await s.is("copy_object", "CopyObject", { ...target, ...REPLACE });
    await s.is("head_object_copy", "HeadObject", { Key: target.Key });
  },
  async "TestS3::test_s3_copy_metadata_directive_copy"(s) {
    const put = { Key, Body: "test", Metadata: { key: "value" }, ContentLanguage: "en-US" };
    await s.is("put-object", "PutObject", put);
    await s.is("head-object", "HeadObject", { Key });
    const ignored = { Metadata: { "another-key": "value" }, ContentLanguage: "en-GB", ContentType: "image/jpg" };
    const target = { CopySource, Key: `${Key}-copy`, MetadataDirective: "COPY" };
    await s.is("copy-object", "CopyObject", { ...target, ...ignored });
    await s.is("head-object-copy", "HeadObject", { Key: target.Key });
  },
  "TestS3::test_s3_copy_tagging_directive[COPY]": tagged("COPY"),
  "TestS3::test_s3_copy_tagging_directive[REPLACE]": tagged("REPLACE"),
  "TestS3::test_s3_copy_tagging_directive[None]": tagged(undefined),
  "TestS3::test_s3_copy_tagging_directive_versioned[COPY]": taggedVersions("COPY"),
  "TestS3::test_s3_copy_tagging_directive_versioned[REPLACE]": taggedVersions("REPLACE"),
  "TestS3::test_s3_copy_tagging_directive_versioned[None]": taggedVersions(undefined),
  async "TestS3::test_s3_copy_content_type_and_metadata"(s) {
    await s.is("put_object", "PutObject", json);
    await s.is("head_object", "HeadObject", { Key });
    await s.is("copy_object", "CopyObject", { CopySource, Key: `${Key}-copy` });
    await s.is("head_object_copy", "HeadObject", { Key: `${Key}-copy` });
    await s.do("DeleteObjects", { Delete: { Objects: [{ Key: `${Key}-copy` }] } });
    const second = { CopySource, Key: `${Key}-second-copy` };
    const ignored = { Metadata: { "another-key": "value" }, ContentType: "application/javascript" };
    await s.is("copy_object_second", "CopyObject", { ...second, ...ignored });
    await s.is("head_object_second_copy", "HeadObject", { Key: second.Key });
  },
  async "TestS3::test_s3_copy_object_in_place"(s) {
    await opened(s);
    await s.is("put_object", "PutObject", json);
    await s.is("head_object", "HeadObject", { Key });
    await s.is("object-attrs", "GetObjectAttributes", attributes(Key, "StorageClass"));
    await s.is("copy-object-in-place-no-change", "CopyObject", inPlace);
    const stored = { ...inPlace, ChecksumAlgorithm: "SHA256", StorageClass: "STANDARD" };
    await s.is("copy-object-in-place-with-storage-class", "CopyObject", stored);
    await s.is("object-attrs-after-copy", "GetObjectAttributes", attributes(Key, "StorageClass"));
    await s.is("object-acl", "GetObjectAcl", { Key });
    await s.is("copy-object-in-place-with-acl", "CopyObject", { ...inPlace, ACL: "public-read" });
  },
  async "TestS3::test_s3_copy_object_in_place_versioned"(s) {
    await opened(s);
    await versioning(s, "Enabled");
    await s.is("put_object", "PutObject", json);
    await s.is("head_object", "HeadObject", { Key });
    await s.is("object-attrs", "GetObjectAttributes", attributes(Key, "StorageClass"));
    await s.is("copy-object-in-place-no-change", "CopyObject", inPlace);
    const { VersionId } = await s.is("copy-in-place-versioned", "CopyObject", { ...inPlace, ...REPLACE });
    await s.is("head-object-copied", "HeadObject", { Key });
    await s.is("get-object-copied", "GetObject", { Key });
    await versioning(s, "Suspended");
    await s.is("copy-in-place-versioned-suspended", "CopyObject", { ...inPlace, ...REPLACE });
    await s.is("head-object-copied-suspended", "HeadObject", { Key });
    await s.is("get-object-copied-suspended", "GetObject", { Key });
    await s.is("head-object-previous-version-suspended", "HeadObject", { Key, VersionId });
    await versioning(s, "Enabled");
    await s.is("copy-in-place-versioned-re-enabled", "CopyObject", { ...inPlace, ...REPLACE });
  },
  async "TestS3::test_s3_copy_object_in_place_suspended_only"(s) {
    await opened(s);
    await s.is("put_object", "PutObject", json);
    await s.is("head_object", "HeadObject", { Key });
    await s.is("copy-in-place-non-versioned", "CopyObject", { ...inPlace, ...REPLACE });
    await s.is("head-object-copied", "HeadObject", { Key });
    await s.is("get-object-copied", "GetObject", { Key });
    await versioning(s, "Suspended");
    await s.is("copy-in-place-versioned-suspended", "CopyObject", { ...inPlace, ...REPLACE });
    await s.is("head-object-copied-suspended", "HeadObject", { Key });
    await s.is("get-object-copied-suspended", "GetObject", { Key });
    await s.is("copy-in-place-versioned-suspended-twice", "CopyObject", { ...inPlace, ...REPLACE });
  },
  async "TestS3::test_s3_copy_object_in_place_storage_class"(s) {
    await s.is("put-object", "PutObject", { Key, Body: "test", StorageClass: "STANDARD" });
    await s.is("head-object", "HeadObject", { Key });
    await s.is("object-attrs", "GetObjectAttributes", attributes(Key, "StorageClass"));
    const same = { ...inPlace, StorageClass: "STANDARD" };
    await s.is("copy-object-in-place-with-storage-class", "CopyObject", same);
    await s.is("object-attrs-after-copy", "GetObjectAttributes", attributes(Key, "StorageClass"));
  },
  async "TestS3::test_s3_copy_object_in_place_with_encryption"(s) {
    const SSEKMSKeyId = await keyOf(s);
    const kms = { ServerSideEncryption: "aws:kms", BucketKeyEnabled: true, SSEKMSKeyId };
    await s.is("put-object-with-kms-encryption", "PutObject", { Key, Body: "test", ...kms });
    await s.is("head-object", "HeadObject", { Key });
    const managed = { ...inPlace, ServerSideEncryption: "aws:kms" };
    await s.is("copy-object-in-place-with-sse", "CopyObject", managed);
    await s.is("head-copy-with-sse", "HeadObject", { Key });
    await s.is("copy-object-in-place-without-kms-sse", "CopyObject", inPlace);
    await s.is("head-copy-without-kms-sse", "HeadObject", { Key });
    const aes = { ...inPlace, ServerSideEncryption: "AES256" };
    await s.is("copy-object-in-place-with-aes", "CopyObject", aes);
    await s.is("head-copy-with-aes", "HeadObject", { Key });
  },
  async "TestS3::test_copy_in_place_with_bucket_encryption"(s) {
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false };
    const ServerSideEncryptionConfiguration = { Rules: [rule] };
    await s.is("put-bucket-encryption", "PutBucketEncryption", { ServerSideEncryptionConfiguration });
    await s.is("put-obj", "PutObject", { Key: "test-enc", Body: "" });
    await s.is("copy-obj", "CopyObject", { Key: "test-enc", CopySource: `${BUCKET}/test-enc` });
  },
  async "TestS3::test_s3_copy_object_in_place_metadata_directive"(s) {
    const copy = (label: string, input: object): Promise<Answer> => s.is(label, "CopyObject", { ...inPlace, ...input });
    await s.is("put_object", "PutObject", json);
    await s.is("head_object", "HeadObject", { Key });
    await copy("no-metadata-directive-fail", { Metadata: { key: "value" } });
    await copy("copy-replace-directive", { Metadata: { key2: "value2" }, ...REPLACE });
    await s.is("head-replace-directive", "HeadObject", { Key });
    const legal = { MetadataDirective: "COPY", StorageClass: "STANDARD" };
    await copy("copy-copy-directive", legal);
    await s.is("head-copy-directive", "HeadObject", { Key });
    await copy("copy-copy-directive-ignore", { ...legal, Metadata: { key3: "value3" } });
    await s.is("head-copy-directive-ignore", "HeadObject", { Key });
    await copy("copy-replace-directive-empty", REPLACE);
    await s.is("head-replace-directive-empty", "HeadObject", { Key });
  },
  async "TestS3::test_s3_copy_object_in_place_website_redirect_location"(s) {
    const there = { WebsiteRedirectLocation: "/test/direct" };
    await s.is("put-object", "PutObject", { Key, Body: "test", ...there });
    await s.is("head-object", "HeadObject", { Key });
    await s.is("copy-object-in-place-with-website-redirection", "CopyObject", { ...inPlace, ...there });
    await s.is("head-object-after-copy", "HeadObject", { Key });
  },
  async "TestS3::test_s3_copy_object_storage_class"(s) {
    await s.is("put-object", "PutObject", { Key, Body: "test", StorageClass: "STANDARD_IA" });
    await s.is("head-object", "HeadObject", { Key });
    await s.is("object-attrs", "GetObjectAttributes", attributes(Key, "StorageClass"));
    await s.is("copy-object-in-place-with-storage-class", "CopyObject", { CopySource, Key: "dest-object" });
    await s.is("object-attrs-after-copy", "GetObjectAttributes", attributes("dest-object", "StorageClass"));
    await s.is("exc-invalid-request-storage-class", "CopyObject", inPlace);
  },
  "TestS3::test_s3_copy_object_with_checksum[CRC32]": withChecksum("CRC32"),
  "TestS3::test_s3_copy_object_with_checksum[CRC64NVME]": withChecksum("CRC64NVME"),
  "TestS3::test_s3_copy_object_with_checksum[CRC32C]": withChecksum("CRC32C"),
  "TestS3::test_s3_copy_object_with_checksum[SHA1]": withChecksum("SHA1"),
  "TestS3::test_s3_copy_object_with_checksum[SHA256]": withChecksum("SHA256"),
  async "TestS3::test_s3_copy_object_wrong_format"(s) {
    const wrong = { CopySource: "wrongformat", Key: "destination-key" };
    await s.is("copy-object-wrong-copy-source", "CopyObject", wrong);
  },
});
