// S3's own condition keys, from a request and from the object it is about.

import { locate } from "../engine/versions.ts";
import type { Found } from "./find-bucket.ts";
import { isVersionId } from "./version-order.ts";

export type Conditions = Readonly<Record<string, string | readonly string[]>>;
type Input = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys */
const WRITE_KEYS: readonly (readonly [member: string, key: string])[] = [
  ["ACL", "s3:x-amz-acl"],
  ["GrantFullControl", "s3:x-amz-grant-full-control"],
  ["GrantRead", "s3:x-amz-grant-read"],
  ["GrantReadACP", "s3:x-amz-grant-read-acp"],
  ["GrantWrite", "s3:x-amz-grant-write"],
  ["GrantWriteACP", "s3:x-amz-grant-write-acp"],
  ["ServerSideEncryption", "s3:x-amz-server-side-encryption"],
  ["SSEKMSKeyId", "s3:x-amz-server-side-encryption-aws-kms-key-id"],
  ["SSECustomerAlgorithm", "s3:x-amz-server-side-encryption-customer-algorithm"],
  ["StorageClass", "s3:x-amz-storage-class"],
  ["MetadataDirective", "s3:x-amz-metadata-directive"],
  ["WebsiteRedirectLocation", "s3:x-amz-website-redirect-location"],
  ["ObjectLockMode", "s3:object-lock-mode"],
  ["ObjectLockLegalHoldStatus", "s3:object-lock-legal-hold"],
  ["IfMatch", "s3:if-match"],
  ["IfNoneMatch", "s3:if-none-match"],
];

export function writeConditions(input: object): Conditions {
  const given = input as Input;
  const out: Record<string, string | readonly string[]> = {};
  for (const [member, key] of WRITE_KEYS) {
    const value = given[member];
    if (typeof value === "string") out[key] = value;
  }
  const until = given["ObjectLockRetainUntilDate"];
  if (until instanceof Date) out["s3:object-lock-retain-until-date"] = until.toISOString();
  const tagging = given["Tagging"];
  if (typeof tagging === "string") Object.assign(out, requestTags([...new URLSearchParams(tagging)]));
  return out;
}

function requestTags(tags: readonly (readonly [string, string])[]): Conditions {
  const out: Record<string, string | readonly string[]> = { "s3:RequestObjectTagKeys": tags.map(([key]) => key) };
  for (const [key, value] of tags) out[`s3:RequestObjectTag/${key}`] = value;
  return out;
}

export function listConditions(input: object): Conditions {
  const given = input as Input;
  const max = given["MaxKeys"];
  return {
    "s3:prefix": typeof given["Prefix"] === "string" ? given["Prefix"] : "",
    ...(typeof given["Delimiter"] === "string" ? { "s3:delimiter": given["Delimiter"] } : {}),
    ...(typeof max === "number" ? { "s3:max-keys": String(max) } : {}),
  };
}

export function objectConditions(
  found: Found,
  { key, versionId }: { readonly key: string; readonly versionId?: string | undefined },
  input: object,
): Conditions {
  const out: Record<string, string | readonly string[]> = { ...writeConditions(input) };
  if (versionId !== undefined) out["s3:VersionId"] = versionId;
  const version = versionId !== undefined && !isVersionId(versionId) ? undefined : locate(found, key, versionId);
  if (version !== undefined && version.marker !== true) {
    for (const tag of version.tags ?? []) out[`s3:ExistingObjectTag/${tag.Key}`] = tag.Value;
  }
  const tagging = (
    input as { readonly Tagging?: { readonly TagSet?: readonly { readonly Key: string; readonly Value: string }[] } }
  ).Tagging;
  if (typeof tagging === "object" && tagging.TagSet !== undefined)
    Object.assign(out, requestTags(tagging.TagSet.map((tag) => [tag.Key, tag.Value])));
  return out;
}
