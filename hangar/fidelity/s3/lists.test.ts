// Lists of objects, versions, uploads, parts and buckets, as they were recorded from AWS (see ../NOTICE).

import { recorded, type Answer, type Driver, type Session } from "./session.ts";

const FOLDER = ["folder/aSubfolder/subFile1", "folder/aSubfolder/subFile2", "folder/file1", "folder/file2"];
const NESTED = ["test/foo/bar/123", "test/foo/bar/456", "test/bar/foo/123"];
const paged = { Prefix: "folder/", Delimiter: "/", MaxKeys: 1 };
const url = { EncodingType: "url" };

async function puts(s: Session, keys: readonly string[]): Promise<void> {
  for (const Key of keys) await s.do("PutObject", { Key, Body: "content 123" });
}

const versioned = (s: Session): Promise<Answer> =>
  s.do("PutBucketVersioning", { VersioningConfiguration: { Status: "Enabled" } });

const withPrefix =
  (Delimiter: string): Driver =>
  async (s) => {
    await puts(s, ["test/foo/bar/123"]);
    await s.is("list-objects", "ListObjects", { Prefix: "test/", Delimiter, MaxKeys: 1, ...url });
    if (Delimiter === "%2F") {
      // The recorded request had the delimiter in its query as it stands.
      s.matches("list-objects-no-encoding", await s.document("ListObjects", { Prefix: "test", Delimiter: "/" }));
    }
  };

const refusesEncoding =
  (operation: string, label: string): Driver =>
  async (s) => {
    await s.is(`${label}-error-wrong-value`, operation, { EncodingType: "value" });
    await s.is(`${label}-error-empty-value`, operation, { EncodingType: "" });
  };

const OBJECTS = "TestS3ListObjects::test";
const V2 = "TestS3ListObjectsV2::test";
const VERSIONS = "TestS3ListObjectVersions::test_list_object";

recorded(import.meta.url, "list-operations", {
  [`${OBJECTS}_list_objects_with_prefix[]`]: withPrefix(""),
  [`${OBJECTS}_list_objects_with_prefix[/]`]: withPrefix("/"),
  [`${OBJECTS}_list_objects_with_prefix[%2F]`]: withPrefix("%2F"),
  async [`${OBJECTS}_list_objects_next_marker`](s) {
    await puts(s, ["test_0", "test_1", "test_2"]);
    await s.is("list-objects-all", "ListObjects");
    const first = await s.is("list-objects-max-1", "ListObjects", { MaxKeys: 1, Delimiter: "/" });
    await s.is("list-objects-rest", "ListObjects", { Marker: first["NextMarker"], MaxKeys: 1 });
    await s.is("list-objects-marker-empty", "ListObjects", { Marker: "", MaxKeys: 1 });
  },
  async [`${OBJECTS}_s3_list_objects_empty_marker`](s) {
    await s.is("list-objects", "ListObjects", { Marker: "" });
  },
  async [`${OBJECTS}_list_objects_marker_common_prefixes`](s) {
    await puts(s, FOLDER);
    await s.is("list-objects-all-keys", "ListObjects");
    const one = await s.is("list-objects-start", "ListObjects", paged);
    const two = await s.is("list-objects-next-1", "ListObjects", { ...paged, Marker: one["NextMarker"] });
    await s.is("list-objects-end", "ListObjects", { ...paged, Marker: two["NextMarker"] });
    await s.is("list-objects-manual-first-file", "ListObjects", { ...paged, Marker: FOLDER[0] });
  },
  async [`${V2}_list_objects_v2_with_prefix`](s) {
    await puts(s, NESTED);
    await s.is("list-objects-v2-1", "ListObjectsV2", { Prefix: "test/", ...url });
    await s.is("list-objects-v2-2", "ListObjectsV2", { Prefix: "test/foo", ...url });
    await s.is("list-objects-v2-3", "ListObjectsV2", { Prefix: "test/foo/bar", ...url });
    s.matches("list-objects-v2-no-encoding", await s.document("ListObjectsV2", { Prefix: "test/foo" }));
  },
  async [`${V2}_list_objects_v2_with_prefix_and_delimiter`](s) {
    await puts(s, NESTED);
    const list = (label: string, input: object): Promise<Answer> =>
      s.is(label, "ListObjectsV2", { Delimiter: "/", ...url, ...input });
    await list("list-objects-v2-1", { Prefix: "test/" });
    await list("list-objects-v2-1-with-max-keys", { Prefix: "test/", MaxKeys: 1 });
    await list("list-objects-v2-2", { Prefix: "test/foo" });
    await list("list-objects-v2-3", { Prefix: "test/foo/bar" });
  },
  async [`${V2}_list_objects_v2_continuation_start_after`](s) {
    await puts(
      s,
      Array.from({ length: 12 }, (_, at) => `test_${at}`),
    );
    const first = await s.is("list-objects-v2-max-5", "ListObjectsV2", { MaxKeys: 5 });
    const next = { ContinuationToken: first["NextContinuationToken"] };
    await s.is("list-objects-v2-rest", "ListObjectsV2", next);
    await s.is("list-objects-start-after", "ListObjectsV2", { StartAfter: "test_7", MaxKeys: 2 });
    await s.is("list-objects-start-after-token", "ListObjectsV2", { StartAfter: "test_7", ...next });
    await s.is("exc-continuation-token", "ListObjectsV2", { ContinuationToken: "" });
  },
  async [`${V2}_list_objects_v2_continuation_common_prefixes`](s) {
    await puts(s, FOLDER);
    await s.is("list-objects-v2-all-keys", "ListObjectsV2");
    const one = await s.is("list-objects-v2-start", "ListObjectsV2", paged);
    const next = (answer: Answer): object => ({ ...paged, ContinuationToken: answer["NextContinuationToken"] });
    const two = await s.is("list-objects-v2-next-1", "ListObjectsV2", next(one));
    await s.is("list-objects-v2-end", "ListObjectsV2", next(two));
  },
  [`${V2}_list_ops_encoding_type_validation[list_objects_v2]`]: refusesEncoding("ListObjectsV2", "list_objects_v2"),
  [`${V2}_list_ops_encoding_type_validation[list_objects]`]: refusesEncoding("ListObjects", "list_objects"),
  [`${V2}_list_ops_encoding_type_validation[list_object_versions]`]: refusesEncoding(
    "ListObjectVersions",
    "list_object_versions",
  ),
  [`${V2}_list_ops_encoding_type_validation[list_multipart_uploads]`]: refusesEncoding(
    "ListMultipartUploads",
    "list_multipart_uploads",
  ),
  async [`${VERSIONS}s_versions_markers`](s) {
    await versioned(s);
    const ids: string[] = [];
    const put = async (Key: string, Body: string): Promise<void> => {
      ids.push((await s.do("PutObject", { Key, Body })).VersionId);
    };
    const keys = ["test_0", "test_1", "test_2"];
    for (const key of keys) await put(key, "version 1");
    await put("test_2", "version 2");
    for (const Key of keys) ids.push((await s.do("DeleteObject", { Key })).VersionId);
    for (const key of keys.slice(0, 2)) await put(key, "version 2");
    s.matches("version-order", { Versions: ids.map((VersionId) => ({ VersionId })) });
    const list = (label: string, input: object = {}): Promise<Answer> => s.is(label, "ListObjectVersions", input);
    await list("list-objects-versions-all");
    const five = await list("list-objects-versions-5", { MaxKeys: 5 });
    const [KeyMarker, VersionIdMarker] = [five["NextKeyMarker"], five["NextVersionIdMarker"]];
    await list("list-objects-next-key-only", { MaxKeys: 1, KeyMarker });
    await list("list-objects-next-key-last", { MaxKeys: 1, KeyMarker: "test_2" });
    await list("list-objects-next-version-only", { MaxKeys: 1, VersionIdMarker });
    await list("list-objects-both-markers", { MaxKeys: 1, KeyMarker, VersionIdMarker });
    const last = { MaxKeys: 1, KeyMarker: "test_2", VersionIdMarker: ids[3] };
    await list("list-objects-last-key-last-version", last);
    await list("list-objects-next-key-empty", { MaxKeys: 1, KeyMarker: "" });
  },
  async [`${VERSIONS}_versions_pagination_common_prefixes`](s) {
    await versioned(s);
    await puts(s, FOLDER);
    const list = (label: string, input: object): Promise<Answer> => s.is(label, "ListObjectVersions", input);
    await list("list-object-versions-all-keys", {});
    const one = await list("list-object-versions-start", paged);
    const two = await list("list-object-versions-next-1", { ...paged, KeyMarker: one["NextKeyMarker"] });
    await list("list-object-versions-end", { ...paged, KeyMarker: two["NextKeyMarker"] });
    await list("list-object-versions-manual-first-file", { ...paged, KeyMarker: FOLDER[0] });
  },
  async [`${VERSIONS}s_versions_with_prefix`](s) {
    await versioned(s);
    await s.do("PutObject", { Key: "dir/test", Body: "content key1-v1" });
    await s.do("PutObject", { Key: "dir/test", Body: "content key-1v2" });
    await s.do("PutObject", { Key: "dir/subdir/test2", Body: "content key2-v1" });
    await s.do("PutObject", { Key: "dir/subdir/test2", Body: "content key2-v2" });
    const prefixes = ["dir/", "dir/s", "dir/test", "dir/subdir", "dir/subdir/", "dir/subdir/test2"];
    for (const [at, Prefix] of prefixes.entries()) {
      await s.is(`list-object-version-${at + 1}`, "ListObjectVersions", { Delimiter: "/", Prefix });
    }
    const raw = await s.document("ListObjectVersions", { Prefix: "dir/subdir", Delimiter: "/" });
    s.matches("list-objects-versions-no-encoding", raw);
  },
  async [`${VERSIONS}s_versions_with_prefix_only_and_pagination`](s) {
    await versioned(s);
    for (let at = 0; at < 5; at += 1) await s.do("PutObject", { Key: "prefixed_key" });
    await s.do("PutObject", { Key: "non_prefixed_key" });
    const list = (label: string, input: object): Promise<Answer> =>
      s.is(`list-object-version-prefix-${label}`, "ListObjectVersions", { Prefix: "prefix", ...input });
    await list("full", {});
    const first = await list("page-1", { MaxKeys: 3 });
    const KeyMarker = first["NextKeyMarker"];
    const both = { KeyMarker, VersionIdMarker: first["NextVersionIdMarker"], MaxKeys: 5 };
    await list("key-marker-only", { MaxKeys: 4, KeyMarker });
    await list("page-2", both);
    const Objects = (first["Versions"] as Answer[]).map(({ VersionId }) => ({ Key: "prefixed_key", VersionId }));
    await s.do("DeleteObjects", { Delete: { Objects } });
    await list("page-2-after-delete", both);
  },
  async "TestS3ListMultipartUploads::test_list_multiparts_next_marker"(s) {
    const list = (label: string, input: object = {}): Promise<Answer> =>
      s.is(`list-multiparts-${label}`, "ListMultipartUploads", input);
    await list("empty");
    const ids: string[] = [];
    for (const Key of ["test_c", "test_b", "test_a", "test_a", "test_a"]) {
      ids.push((await s.do("CreateMultipartUpload", { Key })).UploadId);
    }
    s.matches("upload-ids-order", { UploadIds: ids.map((UploadId) => ({ UploadId })) });
    await list("all");
    const first = await list("max-1", { MaxUploads: 1 });
    const [KeyMarker, UploadIdMarker] = [first["NextKeyMarker"], first["NextUploadIdMarker"]];
    await list("next-key-only", { MaxUploads: 1, KeyMarker });
    await list("next-key-last", { MaxUploads: 1, KeyMarker: "test_c" });
    await list("next-upload-only", { MaxUploads: 1, UploadIdMarker });
    await list("both-markers", { MaxUploads: 1, KeyMarker, UploadIdMarker });
    await list("both-markers-2", { MaxUploads: 1, KeyMarker, UploadIdMarker: ids.at(-1) });
    const last = { MaxUploads: 1, KeyMarker: "test_b", UploadIdMarker: ids[1] };
    await list("get-last-upload-no-truncate", last);
    await list("wrong-id-for-key", { MaxUploads: 1, KeyMarker: "test_c", UploadIdMarker: ids[1] });
    await list("next-key-empty", { MaxUploads: 1, KeyMarker: "" });
  },
  async "TestS3ListMultipartUploads::test_list_multiparts_with_prefix_and_delimiter"(s) {
    for (const Key of NESTED) await s.do("CreateMultipartUpload", { Key });
    for (const [at, Prefix] of ["test/", "test/foo/", "test/foo/bar"].entries()) {
      await s.is(`list-multiparts-${at + 1}`, "ListMultipartUploads", { Prefix, Delimiter: "/", ...url });
    }
    const raw = await s.document("ListMultipartUploads", { Prefix: "test/foo" });
    s.matches("list-multiparts-no-encoding", raw);
  },
  async "TestS3ListMultipartUploads::test_list_multipart_uploads_marker_common_prefixes"(s) {
    for (const Key of FOLDER) await s.do("CreateMultipartUpload", { Key });
    const page = { Prefix: "folder/", Delimiter: "/", MaxUploads: 1 };
    const list = (label: string, KeyMarker?: string): Promise<Answer> =>
      s.is(label, "ListMultipartUploads", { ...page, ...(KeyMarker !== undefined && { KeyMarker }) });
    await list("list-multiparts-start");
    await list("list-multiparts-manual-prefix", "folder/aSubfolder/");
    await list("list-multiparts-manual-first-file", FOLDER[0]);
  },
  async "TestS3ListParts::test_list_parts_pagination"(s) {
    const at = { Key: "test-list-part-pagination" };
    const { UploadId } = await s.do("CreateMultipartUpload", at);
    const list = (label: string, input: object = {}): Promise<Answer> =>
      s.is(label, "ListParts", { ...at, UploadId, ...input });
    await list("list-parts-empty");
    for (const PartNumber of [1, 2]) await s.do("UploadPart", { ...at, UploadId, PartNumber, Body: "data" });
    await list("list-parts-all");
    await list("list-parts-1", { MaxParts: 1 });
    await list("list-parts-next", { MaxParts: 1, PartNumberMarker: "1" });
    await list("list-parts-wrong-part", { MaxParts: 1, PartNumberMarker: "10" });
  },
  async "TestS3ListParts::test_list_parts_empty_part_number_marker"(s) {
    const at = { Key: "test-list-part-empty-marker" };
    const { UploadId } = await s.do("CreateMultipartUpload", at);
    await s.do("UploadPart", { ...at, UploadId, PartNumber: 1, Body: "data" });
    await s.is("list-parts-empty-marker", "ListParts", { ...at, UploadId, PartNumberMarker: "" });
    await s.is("list-parts-empty-max-parts", "ListParts", { ...at, UploadId, MaxParts: "" });
  },
});
