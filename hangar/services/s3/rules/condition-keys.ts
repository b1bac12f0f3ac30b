// Values of S3's condition keys: what a request says, and what is there already.

import { locate } from "../engine/versions.ts";
import type { Caller, RequestFacts } from "../../../cloud/operation.ts";
import { signatureConditions } from "../../../cloud/signature-conditions.ts";
import { versionKey, type Bucket, type Context } from "../store.ts";
import type { Found } from "./find-bucket.ts";
import { copySourceText } from "./copy-source.ts";
import { goesWith } from "./policy-vocabulary.ts";
import { isVersionId } from "./version-order.ts";

export type Conditions = Readonly<Record<string, string | readonly string[]>>;
type Values = Record<string, string | readonly string[]>;
type Input = Readonly<Record<string, unknown>>;
type Tag = { readonly Key: string; readonly Value: string };

export type Asked = {
  readonly caller: Caller;
  readonly action: string;
  readonly input?: object | undefined;
  readonly found?: Found | undefined;
  readonly key?: string | undefined;
  readonly versionId?: string | undefined;
  /** A copy reads its source: its headers are about the target, and it knows no tags. */
  readonly isSource?: boolean | undefined;
};

const DAY = 86_400_000;

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys */
const SAID: readonly (readonly [member: string, key: string])[] = [
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
  ["ObjectOwnership", "s3:x-amz-object-ownership"],
  ["BucketNamespace", "s3:x-amz-bucket-namespace"],
  ["IfMatch", "s3:if-match"],
  ["IfNoneMatch", "s3:if-none-match"],
  ["Prefix", "s3:prefix"],
  ["Delimiter", "s3:delimiter"],
];

const CREATIONS: Readonly<Record<string, string>> = {
  PutObject: "true",
  CopyObject: "true",
  CompleteMultipartUpload: "true",
  CreateMultipartUpload: "false",
  UploadPart: "false",
  UploadPartCopy: "false",
};

/** The keys that go with an action, each with its value in this request; one without a value is not there. */
export function conditionsOf(context: Context, asked: Asked): Conditions {
  const { action, versionId } = asked;
  const values: Values = asked.isSource === true ? {} : said(context, asked);
  if (versionId !== undefined) values["s3:VersionId"] = versionId;
  if (goesWith("s3:ExistingObjectTag/", action)) Object.assign(values, existingTags(asked));
  for (const key of Object.keys(values)) if (key.startsWith("s3:") && !goesWith(key, action)) delete values[key];
  if (asked.found !== undefined) Object.assign(values, aboutBucket(asked.found.bucket));
  return Object.assign(values, signature(context, asked.caller));
}

/** A bucket's tags count once attribute-based access control is on. */
export function aboutBucket({ account, abac, tags = [] }: Bucket): Values {
  const values: Values = { "s3:ResourceAccount": account, "aws:ResourceAccount": account };
  if (abac !== "Enabled") return values;
  for (const { Key: key, Value: value } of tags) {
    values[`aws:ResourceTag/${key}`] = value;
    values[`s3:BucketTag/${key}`] = value;
  }
  return values;
}

function said(context: Context, { action, input = {}, found, key }: Asked): Values {
  const given = input as Input;
  const values: Values = { ...configured(given), ...lockOf(given, context.clock.now()) };
  for (const [member, name] of SAID) {
    const value = given[member];
    if (typeof value === "string") values[name] = value;
  }
  if (typeof given["MaxKeys"] === "number") values["s3:max-keys"] = String(given["MaxKeys"]);
  // A listing without a prefix is one of the empty prefix.
  if (context.operation.startsWith("List")) values["s3:prefix"] ??= "";
  const creates = CREATIONS[context.operation];
  if (creates !== undefined) values["s3:ObjectCreationOperation"] = creates;
  if (typeof given["CopySource"] === "string") values["s3:x-amz-copy-source"] = copySourceText(given["CopySource"]);
  if (action === "PutObject" && found !== undefined && typeof given["UploadId"] === "string")
    Object.assign(values, begunWith(found, key ?? "", given["UploadId"]));
  const tags = tagsOf(given["Tagging"]);
  if (tags === undefined) return values;
  values["s3:RequestObjectTagKeys"] = tags.map((tag) => tag.Key);
  for (const tag of tags) values[`s3:RequestObjectTag/${tag.Key}`] = tag.Value;
  return values;
}

function tagsOf(tagging: unknown): readonly Tag[] | undefined {
  if (typeof tagging === "string")
    return [...new URLSearchParams(tagging)].map(([key, value]) => ({ Key: key, Value: value }));
  return (tagging as { readonly TagSet?: readonly Tag[] } | undefined)?.TagSet;
}

/** Parts and completions are encrypted as their upload was begun, and need not say so again. */
function begunWith({ bucket, store }: Found, key: string, uploadId: string): Values {
  const encryption = store.uploads.get(versionKey(bucket.name, key, uploadId))?.traits.encryption;
  if (encryption === undefined || encryption.kind === "customer") return {};
  return {
    "s3:x-amz-server-side-encryption": encryption.kind,
    ...(encryption.kind === "AES256" ? {} : { "s3:x-amz-server-side-encryption-aws-kms-key-id": encryption.keyArn }),
  };
}

function lockOf(given: Input, now: number): Values {
  const { Mode: mode, RetainUntilDate } = (given["Retention"] ?? {}) as {
    readonly Mode?: string;
    readonly RetainUntilDate?: Date;
  };
  const hold = (given["LegalHold"] as { readonly Status?: string } | undefined)?.Status;
  const until = given["ObjectLockRetainUntilDate"] ?? RetainUntilDate;
  return {
    ...(mode === undefined ? {} : { "s3:object-lock-mode": mode }),
    ...(hold === undefined ? {} : { "s3:object-lock-legal-hold": hold }),
    ...(until instanceof Date
      ? {
          "s3:object-lock-retain-until-date": until.toISOString(),
          "s3:object-lock-remaining-retention-days": String(Math.ceil((until.getTime() - now) / DAY)),
        }
      : {}),
  };
}

/** What documents of a bucket's settings say. */
function configured(given: Input): Values {
  const fields = (given["InventoryConfiguration"] as { readonly OptionalFields?: readonly string[] } | undefined)
    ?.OptionalFields;
  const creation = given["CreateBucketConfiguration"] as
    | { readonly LocationConstraint?: string; readonly Tags?: readonly Tag[] }
    | undefined;
  const key = (given["ObjectEncryption"] as { readonly SSEKMS?: { readonly KMSKeyArn?: string } } | undefined)?.SSEKMS;
  const tags = creation?.Tags ?? [];
  return {
    ...(fields === undefined ? {} : { "s3:InventoryAccessibleOptionalFields": fields }),
    ...(creation?.LocationConstraint === undefined ? {} : { "s3:locationconstraint": creation.LocationConstraint }),
    ...(tags.length === 0 ? {} : { "aws:TagKeys": tags.map((tag) => tag.Key) }),
    ...Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag.Key}`, tag.Value])),
    ...(key === undefined ? {} : { "s3:x-amz-server-side-encryption": "aws:kms" }),
    ...(key?.KMSKeyArn === undefined ? {} : { "s3:x-amz-server-side-encryption-aws-kms-key-id": key.KMSKeyArn }),
    ...(given["ReplicationConfiguration"] === undefined ? {} : { "s3:isReplicationPauseRequest": "false" }),
  };
}

/** Reading attributes takes the key in policies, but knows no tags. */
function existingTags({ action, found, key, versionId, isSource }: Asked): Values {
  if (found === undefined || key === undefined || isSource === true || action.endsWith("Attributes")) return {};
  if (versionId !== undefined && !isVersionId(versionId)) return {};
  const version = locate(found, key, versionId);
  if (version === undefined || version.marker === true) return {};
  return Object.fromEntries((version.tags ?? []).map((tag) => [`s3:ExistingObjectTag/${tag.Key}`, tag.Value]));
}

const forms = new WeakMap<RequestFacts, ReadonlyMap<string, string>>();

/** A form is signed in its fields, which only its reader has. */
export function noteForm(request: RequestFacts, fields: ReadonlyMap<string, string>): void {
  forms.set(request, fields);
}

/** Website endpoints speak plain HTTP on AWS too. */
function signature(context: Context, caller: Caller): Conditions {
  const { request, operation } = context;
  const secure = operation === "s3-website" ? request.secure : undefined;
  return signatureConditions(context, { caller, secure, form: forms.get(request) });
}
