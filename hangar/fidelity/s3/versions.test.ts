// Versions, delete markers and deletions, as they were recorded from AWS (see ../NOTICE).

import { recorded, type Session } from "./session.ts";

const CRUD = "TestS3ObjectCRUD";
const versioning = (s: Session, Status: string): Promise<object> =>
  s.do("PutBucketVersioning", { VersioningConfiguration: { Status } });
const NO_VERSION = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD";

const byKey = (answer: object, list: string): object => {
  const rows = (answer as Record<string, { Key: string }[]>)[list] ?? [];
  return { ...answer, [list]: rows.toSorted((one, other) => (one.Key < other.Key ? -1 : 1)) };
};

recorded(import.meta.url, "api", {
  async "TestS3BucketCRUD::test_delete_bucket_with_objects"(s) {
    const Key = "test-delete";
    await s.do("PutObject", { Key, Body: "test-delete" });
    await s.is("delete-with-obj", "DeleteBucket");
    await s.is("delete-obj", "DeleteObject", { Key });
    await s.is("delete-bucket", "DeleteBucket");
  },
  async "TestS3BucketCRUD::test_delete_versioned_bucket_with_objects"(s) {
    await versioning(s, "Enabled");
    const Key = "test-delete-versioned";
    const put = await s.do("PutObject", { Key, Body: "test-delete" });
    const marker = await s.do("DeleteObject", { Key });
    await s.is("delete-with-obj-and-delete-marker", "DeleteBucket");
    await s.is("delete-obj-by-version", "DeleteObject", { Key, VersionId: put.VersionId });
    await s.is("delete-with-only-delete-marker", "DeleteBucket");
    await s.is("delete-marker-by-version", "DeleteObject", { Key, VersionId: marker.VersionId });
    await s.is("success-delete-bucket", "DeleteBucket");
  },
  async [`${CRUD}::test_delete_object`](s) {
    const Key = "test-delete";
    await s.is("put-object", "PutObject", { Key, Body: "test-delete" });
    await s.is("delete-object", "DeleteObject", { Key });
    await s.is("delete-nonexistent-object", "DeleteObject", { Key });
    await s.is("delete-nonexistent-object-versionid", "DeleteObject", { Key, VersionId: NO_VERSION });
  },
  async [`${CRUD}::test_delete_objects`](s) {
    const Key = "test-delete";
    await s.is("put-object", "PutObject", { Key, Body: "test-delete" });
    const wrong = { Delete: { Objects: [{ Key, VersionId: NO_VERSION }] } };
    await s.is("delete-object-wrong-version-id", "DeleteObjects", wrong);
    const Objects = [{ Key }, { Key: "c-wrong-key" }, { Key: "a-wrong-key" }];
    s.matches("delete-objects", byKey(await s.do("DeleteObjects", { Delete: { Objects } }), "Deleted"));
  },
  async [`${CRUD}::test_delete_object_versioned`](s) {
    await versioning(s, "Enabled");
    const Key = "test-delete";
    const put = await s.is("put-object", "PutObject", { Key, Body: "test-delete" });
    const marker = await s.is("delete-object", "DeleteObject", { Key });
    await s.is("get-deleted-object", "GetObject", { Key });
    await s.is("get-object-with-version", "GetObject", { Key, VersionId: put.VersionId });
    await s.is("get-delete-marker", "GetObject", { Key, VersionId: marker.VersionId });
    await s.is("delete-object-2", "DeleteObject", { Key });
    await s.is("list-object-versions", "ListObjectVersions", { Prefix: Key });
    await s.is("delete-delete-marker", "DeleteObject", { Key, VersionId: marker.VersionId });
    await s.is("delete-object-version", "DeleteObject", { Key, VersionId: put.VersionId });
    await s.is("get-deleted-object-with-version", "GetObject", { Key, VersionId: put.VersionId });
    const bad = `${put.VersionId.slice(0, -4)}ABCD`;
    await s.is("delete-with-bad-version", "DeleteObject", { Key, VersionId: bad });
    await s.is("delete-wrong-key", "DeleteObject", { Key: "wrong-key" });
  },
  async [`${CRUD}::test_delete_objects_versioned`](s) {
    await versioning(s, "Enabled");
    const Key = "test-delete";
    const put = await s.is("put-object", "PutObject", { Key, Body: "test-delete" });
    const deletes = async (label: string, Objects: object[]): Promise<object> => {
      const answer = byKey(byKey(await s.do("DeleteObjects", { Delete: { Objects } }), "Deleted"), "Errors");
      const { Deleted, Errors, ...rest } = answer as { Deleted: object[]; Errors: object[] };
      const lists = { ...(Deleted.length > 0 && { Deleted }), ...(Errors.length > 0 && { Errors }) };
      s.matches(label, { ...rest, ...lists });
      return Deleted[0] ?? {};
    };
    const first = await deletes("delete-objects-no-version-id", [{ Key }, { Key: "wrongkey" }, { Key: "wrongkey-x" }]);
    const marker = (first as { DeleteMarkerVersionId: string }).DeleteMarkerVersionId;
    await deletes("delete-objects-marker", [{ Key, VersionId: marker }]);
    const wrong = { VersionId: NO_VERSION };
    await deletes("delete-objects-wrong-version-id", [
      { Key, ...wrong },
      { Key: "wrong-key-2", ...wrong },
    ]);
    await deletes("delete-objects-version-id", [{ Key, VersionId: put.VersionId }]);
  },
  async [`${CRUD}::test_get_object_with_version_unversioned_bucket`](s) {
    const Key = "test-version";
    await s.is("put-object", "PutObject", { Key, Body: "test-version" });
    await s.is("get-obj-with-version", "GetObject", { Key, VersionId: NO_VERSION });
    await s.is("get-obj-with-null-version", "GetObject", { Key, VersionId: "null" });
  },
  async [`${CRUD}::test_put_object_on_suspended_bucket`](s) {
    await versioning(s, "Enabled");
    const Key = "test-version";
    for (const at of [0, 1, 2]) await s.is(`put-object-${at}`, "PutObject", { Key, Body: `test-version-${at}` });
    await s.is("list-enabled", "ListObjectVersions");
    await versioning(s, "Suspended");
    await s.is("list-suspended", "ListObjectVersions");
    await s.is("put-object-suspended", "PutObject", { Key, Body: "test-version-suspended" });
    await s.is("list-suspended-after-put", "ListObjectVersions");
    await s.is("put-object-suspended-overwrite", "PutObject", { Key, Body: "test-version-suspended" });
    await s.is("list-suspended-after-overwrite", "ListObjectVersions");
    await s.is("get-object-current", "GetObject", { Key });
  },
  async [`${CRUD}::test_delete_object_on_suspended_bucket`](s) {
    await versioning(s, "Enabled");
    const Key = "test-delete-suspended";
    for (const at of [0, 1]) await s.is(`put-object-${at}`, "PutObject", { Key, Body: `test-version-${at}` });
    await versioning(s, "Suspended");
    await s.is("list-suspended", "ListObjectVersions");
    await s.is("delete-object-no-version", "DeleteObject", { Key });
    await s.is("list-suspended-delete", "ListObjectVersions");
    await s.is("put-object-suspended", "PutObject", { Key, Body: "test-version-suspended-after-delete" });
    await s.is("list-suspended-put", "ListObjectVersions");
    await s.is("delete-object-no-version-after-put", "DeleteObject", { Key });
    await s.is("list-suspended-after-put", "ListObjectVersions");
  },
  async [`${CRUD}::test_list_object_versions_order_unversioned`](s) {
    await s.is("list-empty", "ListObjectVersions");
    await s.is("put-object", "PutObject", { Key: "a-test-object-1", Body: "test-object-1" });
    await s.is("put-object-3", "PutObject", { Key: "c-test-object-3", Body: "test-object-3" });
    await s.is("put-object-2", "PutObject", { Key: "b-test-object-2", Body: "test-object-2" });
    await s.is("list-object-versions", "ListObjectVersions");
  },
  async "TestS3BucketVersioning::test_bucket_versioning_crud"(s) {
    const put = "PutBucketVersioning";
    const status = (Status: string): object => ({ VersioningConfiguration: { Status } });
    await s.is("get-versioning-before", "GetBucketVersioning");
    await s.is("put-versioning-suspended-before", put, status("Suspended"));
    await s.is("get-versioning-after-suspended", "GetBucketVersioning");
    await s.is("put-versioning-enabled-lowercase", put, status("enabled"));
    await s.is("put-versioning-enabled-capitalized", put, status("Enabled"));
    await s.is("get-versioning-after-enabled", "GetBucketVersioning");
    await s.is("put-versioning-suspended-after", put, status("Suspended"));
    await s.is("put-versioning-disabled", put, status("Disabled"));
    await s.is("put-versioning-empty", put, { VersioningConfiguration: {} });
    const Bucket = "myrandombucket-1";
    await s.is("put-versioning-no-bucket", put, { Bucket, ...status("Suspended") });
    await s.is("get-versioning-no-bucket", "GetBucketVersioning", { Bucket });
  },
  async "TestS3BucketVersioning::test_object_version_id_format"(s) {
    await versioning(s, "Enabled");
    await s.is("put-object", "PutObject", { Key: "test-version-id" });
  },
});
