// A copy that a batch job asks for, in the members of CopyObject.

import type { S3CopyObjectOperation, S3ObjectMetadata } from "../../../models/s3control.d.ts";
import { grantMembers } from "./grant-members.ts";

type Source = { readonly bucket: string; readonly key: string; readonly versionId: string | undefined };

export function copyInput(copy: S3CopyObjectOperation, source: Source): Readonly<Record<string, unknown>> {
  const { bucket, key, versionId } = source;
  const path = `${bucket}/${encodeURIComponent(key)}`;
  const tags = copy.NewObjectTagging;
  const members = {
    Bucket: (copy.TargetResource ?? "").replace(/^arn:[^:]+:s3:::/, ""),
    Key: copy.TargetKeyPrefix === undefined ? key : `${copy.TargetKeyPrefix}/${key}`,
    CopySource: versionId === undefined ? path : `${path}?versionId=${versionId}`,
    ACL: copy.CannedAccessControlList,
    ...grantMembers(copy.AccessControlGrants),
    MetadataDirective: copy.MetadataDirective ?? (copy.NewObjectMetadata === undefined ? undefined : "REPLACE"),
    ...metadataMembers(copy.NewObjectMetadata, copy.SSEAwsKmsKeyId),
    ...(tags === undefined ? {} : { TaggingDirective: "REPLACE", Tagging: tagging(tags) }),
    CopySourceIfModifiedSince: copy.ModifiedSinceConstraint,
    CopySourceIfUnmodifiedSince: copy.UnModifiedSinceConstraint,
    WebsiteRedirectLocation: copy.RedirectLocation,
    RequestPayer: copy.RequesterPays === true ? "requester" : undefined,
    StorageClass: copy.StorageClass,
    ObjectLockLegalHoldStatus: copy.ObjectLockLegalHoldStatus,
    ObjectLockMode: copy.ObjectLockMode,
    ObjectLockRetainUntilDate: copy.ObjectLockRetainUntilDate,
    BucketKeyEnabled: copy.BucketKeyEnabled,
    ChecksumAlgorithm: copy.ChecksumAlgorithm,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function tagging(tags: NonNullable<S3CopyObjectOperation["NewObjectTagging"]>): string {
  return new URLSearchParams(tags.map(({ Key, Value }): [string, string] => [Key, Value])).toString();
}

function metadataMembers(given: S3ObjectMetadata | undefined, keyId: string | undefined): Record<string, unknown> {
  const algorithm = given?.SSEAlgorithm ?? (keyId === undefined ? undefined : "KMS");
  return {
    CacheControl: given?.CacheControl,
    ContentDisposition: given?.ContentDisposition,
    ContentEncoding: given?.ContentEncoding,
    ContentLanguage: given?.ContentLanguage,
    ContentType: given?.ContentType,
    Expires: given?.HttpExpiresDate,
    Metadata: given?.UserMetadata,
    ServerSideEncryption: algorithm === "KMS" ? "aws:kms" : algorithm,
    SSEKMSKeyId: keyId,
  };
}
