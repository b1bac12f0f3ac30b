// What a new object's request says of it: metadata, storage class, tags, grants, lock.

import { notEmulated } from "../../../kernel/aws-error.ts";
import { withoutAwsChunked } from "../../../protocols/aws-chunked.ts";
import { invalidArgument, metadataTooLarge, s3Error } from "../errors.ts";
import type { Found } from "../rules/find-bucket.ts";
import { enforcesOwner, grantsOf, type AclInput } from "../rules/grants.ts";
import { checkAllowed } from "./access-lists.ts";
import { encodedWords } from "../rules/encoded-words.ts";
import { headerValue, metadataText } from "../rules/header-values.ts";
import { lockFor, type LockInput } from "../rules/locks.ts";
import { tagsOfHeader } from "../rules/tags.ts";
import type { Bucket, Context, SystemMetadata, Traits } from "../store.ts";
import { checkStorageClass } from "./versions.ts";

export type TraitsInput = AclInput &
  LockInput & {
    readonly ContentType?: string | undefined;
    readonly CacheControl?: string | undefined;
    readonly ContentDisposition?: string | undefined;
    readonly ContentEncoding?: string | undefined;
    readonly ContentLanguage?: string | undefined;
    readonly Expires?: string | undefined;
    readonly WebsiteRedirectLocation?: string | undefined;
    readonly Metadata?: Readonly<Record<string, string>> | undefined;
    readonly StorageClass?: string | undefined;
    readonly Tagging?: string | undefined;
    readonly ObjectLockEventHold?: string | undefined;
  };

/** All but the encryption, which may have to ask KMS. */
export function traitsOf(context: Context, found: Found, input: TraitsInput): Omit<Traits, "encryption"> {
  const { bucket } = found;
  if (input.ObjectLockEventHold !== undefined) throw notEmulated("event holds of S3 objects (ObjectLockEventHold)");
  const owner = newOwner(context, bucket, input.ACL);
  const grants = grantsOf(input, owner, bucket.account);
  if (grants !== undefined) checkAllowed(context, found, grants, input.ACL);
  return {
    system: systemOf(input),
    metadata: metadataOf(input.Metadata),
    storageClass: checkStorageClass(input.StorageClass),
    tags: tagsOfHeader(input.Tagging),
    ...(grants === undefined || enforcesOwner(bucket) ? {} : { grants }),
    ...(owner === bucket.account ? {} : { writer: owner }),
    lock: lockFor(bucket, input, context.clock.now()),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
function newOwner({ caller }: Context, bucket: Bucket, acl: string | undefined): string {
  const givenUp = bucket.ownership === "BucketOwnerPreferred" && acl === "bucket-owner-full-control";
  if (enforcesOwner(bucket) || givenUp || caller.kind === "anonymous" || caller.kind === "service")
    return bucket.account;
  return caller.account;
}

/** Bytes of the user's metadata, and of the system's. */
const LARGEST = 2048;

function systemOf(input: TraitsInput): SystemMetadata {
  const { WebsiteRedirectLocation: redirect } = input;
  if (redirect !== undefined && !/^(\/|https?:\/\/)/.test(redirect)) {
    const message = "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.";
    throw s3Error("InvalidRedirectLocation", message);
  }
  const encoding = input.ContentEncoding === undefined ? undefined : withoutAwsChunked(input.ContentEncoding);
  const system: Record<string, string> = {};
  for (const name of [
    "ContentType",
    "CacheControl",
    "ContentDisposition",
    "ContentLanguage",
    "Expires",
    "WebsiteRedirectLocation",
  ] as const) {
    const value = input[name];
    if (value !== undefined) system[name] = headerValue(name, value);
  }
  if (encoding !== undefined && encoding !== "") system["ContentEncoding"] = headerValue("ContentEncoding", encoding);
  checkSize(system);
  return system;
}

/** Headers together; a redirect may be as long as they all. */
function checkSize({ WebsiteRedirectLocation: _redirect, ...system }: Readonly<Record<string, string>>): void {
  let size = 0;
  // A hyphen stands between the words of the header's name.
  for (const [name, value] of Object.entries(system)) size += name.length + 1 + value.length;
  if (size > LARGEST) throw metadataTooLarge(size);
}

const NONE: Readonly<Record<string, string>> = {};

/** Names come from headers, so they have no case. Values are kept as they go out. */
function metadataOf(metadata: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  if (metadata === undefined) return NONE;
  let size = 0;
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(metadata)) {
    const text = metadataText(value);
    size += name.length + Buffer.byteLength(text);
    out[name.toLowerCase()] = encodedWords(text);
  }
  if (size > LARGEST) throw metadataTooLarge(size);
  return out;
}

export function directive(value: string | undefined, name: string): "COPY" | "REPLACE" {
  if (value === undefined || value === "COPY") return "COPY";
  if (value === "REPLACE") return value;
  throw invalidArgument(
    `Unknown ${name === "x-amz-tagging-directive" ? "tagging" : "metadata"} directive.`,
    name,
    value,
  );
}
