// Access control lists, as they were recorded from AWS (see ../NOTICE).

import { recorded, type Answer, type Session } from "./session.ts";
import { multipart } from "./uploads.ts";

const LOGS = "http://acs.amazonaws.com/groups/s3/LogDelivery";
const FAKE = "http://acs.amazonaws.com/groups/s3/FakeGroup";
type Owner = { ID: string };

async function opened(s: Session): Promise<void> {
  await s.do("DeleteBucketOwnershipControls");
  await s.do("DeletePublicAccessBlock");
}

async function ownerOf(s: Session): Promise<Owner> {
  return (await s.do("ListBuckets"))["Owner"] as Owner;
}

const grant = (Grantee: object, Permission: string): object => ({ Grantee, Permission });
const user = (ID: string): object => ({ ID, Type: "CanonicalUser" });
const group = (URI: string): object => ({ URI, Type: "Group" });
const policy = (Owner: Owner | undefined, ...Grants: object[]): object => ({
  AccessControlPolicy: { ...(Owner !== undefined && { Owner }), Grants },
});

/** Everything that is wrong with a list, put on a bucket or an object alike. */
async function refuses(s: Session, kind: "bucket" | "object", put: (label: string, input: object) => Promise<Answer>) {
  const owner = await ownerOf(s);
  const logs = group(LOGS);
  await put(kind === "bucket" ? "put-bucket-canned-acl" : "put-object-acl-canned-acl", { ACL: "fake-acl" });
  await put(`put-${kind}-grant-acl-fake-uri`, { GrantWrite: `uri="${FAKE}"` });
  await put(`put-${kind}-grant-acl-fake-key`, { GrantWrite: 'fakekey="1234"' });
  await put(`put-${kind}-grant-acl-wrong-id`, { GrantWrite: 'id="wrong-id"' });
  await put(`put-${kind}-acp-acl-1`, policy(undefined, grant(logs, "WRITE")));
  await put(`put-${kind}-acp-acl-2`, policy(owner, grant(logs, "WRONG-PERMISSION")));
  await put(`put-${kind}-acp-acl-3`, policy({ ID: "wrong-id" }, grant(logs, "FULL_CONTROL")));
  await put(`put-${kind}-acp-acl-4`, policy(owner, grant(group(FAKE), "FULL_CONTROL")));
  await put(`put-${kind}-acp-acl-5`, policy(owner, grant(user("wrong-id"), "FULL_CONTROL")));
  const bad = grant({ ID: "wrong-id", Type: "BadType" }, "FULL_CONTROL");
  await put(`put-${kind}-acp-acl-6`, policy(owner, bad));
  await put(`put-${kind}-empty-acp`, { AccessControlPolicy: {} });
  await put(kind === "bucket" ? "put-bucket-empty" : "put-object-acl-empty", {});
  await put(`put-${kind}-two-type-acl`, { ACL: "private", GrantRead: `uri="${LOGS}"` });
  const own = policy(owner, grant(user(owner.ID), "FULL_CONTROL"));
  await put(`put-${kind}-two-type-acl-acp`, { ACL: "private", ...own });
}

recorded(import.meta.url, "general", {
  async "TestS3::test_s3_multipart_upload_acls"(s) {
    await opened(s);
    await s.do("PutBucketAcl", { ACL: "public-read" });
    await s.is("bucket-acl", "GetBucketAcl");
    await s.do("PutObject", { Key: "acl-key0", Body: "something" });
    await s.is("permission-acl-key0", "GetObjectAcl", { Key: "acl-key0" });
    await multipart(s, { Key: "acl-key1" });
    await s.is("permission-acl-key1", "GetObjectAcl", { Key: "acl-key1" });
    await multipart(s, { Key: "acl-key2", ACL: "public-read-write" });
    await s.is("permission-acl-key2", "GetObjectAcl", { Key: "acl-key2" });
  },
  async "TestS3::test_s3_bucket_acl"(s) {
    await opened(s);
    const owner = await ownerOf(s);
    const full = [grant(user(owner.ID), "FULL_CONTROL"), grant(group(LOGS), "WRITE")];
    await s.do("PutBucketAcl", { ACL: "public-read" });
    await s.is("get-bucket-acl", "GetBucketAcl");
    await s.do("PutBucketAcl", { ACL: "private" });
    await s.is("get-bucket-canned-acl", "GetBucketAcl");
    await s.do("PutBucketAcl", { GrantRead: `uri="${LOGS}"` });
    await s.is("get-bucket-grant-acl", "GetBucketAcl");
    await s.do("PutBucketAcl", policy(owner, ...full));
    await s.is("get-bucket-acp-acl", "GetBucketAcl");
  },
  async "TestS3::test_s3_bucket_acl_exceptions"(s) {
    await refuses(s, "bucket", (label, input) => s.is(label, "PutBucketAcl", input));
  },
  async "TestS3::test_s3_object_acl"(s) {
    await opened(s);
    const owner = await ownerOf(s);
    const Key = "object-key-acl";
    const full = [grant(user(owner.ID), "FULL_CONTROL"), grant(group(LOGS), "WRITE")];
    await s.is("put-object-default-acl", "PutObject", { Key });
    await s.is("get-object-acl-default", "GetObjectAcl", { Key });
    await s.is("put-object-acl", "PutObjectAcl", { Key, ACL: "public-read" });
    await s.is("get-object-acl", "GetObjectAcl", { Key });
    await s.do("PutObjectAcl", { Key, GrantRead: `uri="${LOGS}"` });
    await s.is("get-object-grant-acl", "GetObjectAcl", { Key });
    await s.do("PutObjectAcl", { Key, ...policy(owner, ...full) });
    await s.is("get-object-acp-acl", "GetObjectAcl", { Key });
  },
  async "TestS3::test_s3_object_acl_exceptions"(s) {
    const Key = "object-key-acl";
    await s.do("PutObject", { Key });
    await s.is("put-object-canned-acl", "PutObject", { Key, ACL: "fake-acl" });
    await refuses(s, "object", (label, input) => s.is(label, "PutObjectAcl", { Key, ...input }));
  },
  async "TestS3::test_put_object_acl_on_delete_marker"(s) {
    await opened(s);
    await s.do("PutBucketVersioning", { VersioningConfiguration: { Status: "Enabled" } });
    const Key = "test-key-versioned";
    const open = { ACL: "public-read" };
    await s.is("put-obj-1", "PutObject", { Key, Body: "something" });
    await s.is("put-obj-2", "PutObject", { Key, Body: "something-v2" });
    const { VersionId } = await s.is("delete-object", "DeleteObject", { Key });
    await s.is("put-acl-delete-marker", "PutObjectAcl", { Key, ...open });
    await s.is("get-acl-delete-marker", "GetObjectAcl", { Key });
    await s.is("put-acl-delete-marker-version-id", "PutObjectAcl", { Key, VersionId, ...open });
    await s.is("get-acl-delete-marker-version-id", "GetObjectAcl", { Key, VersionId });
  },
  async "TestS3::test_bucket_exists"(s) {
    const AllowedMethods = ["GET", "POST", "PUT", "DELETE"];
    const CORSConfiguration = { CORSRules: [{ AllowedMethods, AllowedOrigins: ["localhost"] }] };
    await s.do("PutBucketCors", { CORSConfiguration });
    await s.is("get-bucket-cors", "GetBucketCors");
    await s.is("get-bucket-acl", "GetBucketAcl");
    await s.is("get-bucket-not-exists", "GetBucketAcl", { Bucket: "bucket-not-exists" });
  },
});
