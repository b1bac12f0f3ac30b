// Access control lists: canned ones, grant headers and documents, and whom they let in.

import { invalidArgument, invalidRequest, malformedAcl, s3Error } from "../errors.ts";
import type { AccessControlPolicy, Grant, Grantee } from "../../../models/s3.d.ts";
import { canonicalId } from "./owners.ts";
import type { Bucket, StoredObject } from "../store.ts";

const GROUPS = "http://acs.amazonaws.com/groups";
export const ALL_USERS = `${GROUPS}/global/AllUsers`;
export const AUTHENTICATED = `${GROUPS}/global/AuthenticatedUsers`;
const LOG_DELIVERY = `${GROUPS}/s3/LogDelivery`;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html: a list has 100 grants at most. */
const MOST_GRANTS = 100;
const URIS = new Set([ALL_USERS, AUTHENTICATED, LOG_DELIVERY]);
const PERMISSIONS = new Set(["FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP"]);
const CANNED = new Set([
  "private",
  "public-read",
  "public-read-write",
  "authenticated-read",
  "aws-exec-read",
  "bucket-owner-read",
  "bucket-owner-full-control",
  "log-delivery-write",
]);

export type AclInput = {
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
};

const HEADERS = [
  ["GrantFullControl", "x-amz-grant-full-control", "FULL_CONTROL"],
  ["GrantRead", "x-amz-grant-read", "READ"],
  ["GrantReadACP", "x-amz-grant-read-acp", "READ_ACP"],
  ["GrantWrite", "x-amz-grant-write", "WRITE"],
  ["GrantWriteACP", "x-amz-grant-write-acp", "WRITE_ACP"],
] as const;

function group(uri: string, permission: string): Grant {
  return { Grantee: { Type: "Group", URI: uri }, Permission: permission };
}

export function fullControl(account: string): Grant {
  return { Grantee: { Type: "CanonicalUser", ID: canonicalId(account) }, Permission: "FULL_CONTROL" };
}

function canned(acl: string, owner: string, bucketOwner: string): readonly Grant[] {
  const own = fullControl(owner);
  const theirs = canonicalId(bucketOwner);
  if (acl === "public-read") return [own, group(ALL_USERS, "READ")];
  if (acl === "public-read-write") return [own, group(ALL_USERS, "READ"), group(ALL_USERS, "WRITE")];
  if (acl === "authenticated-read") return [own, group(AUTHENTICATED, "READ")];
  if (acl === "log-delivery-write") return [own, group(LOG_DELIVERY, "WRITE"), group(LOG_DELIVERY, "READ_ACP")];
  if (owner === bucketOwner) return [own];
  if (acl === "bucket-owner-read") return [own, { Grantee: { Type: "CanonicalUser", ID: theirs }, Permission: "READ" }];
  return acl === "bucket-owner-full-control" ? [own, fullControl(bucketOwner)] : [own];
}

/** Grants that headers ask for; undefined when they ask for none. */
export function grantsOf(input: AclInput, owner: string, bucketOwner = owner): readonly Grant[] | undefined {
  const headers = HEADERS.filter(([member]) => input[member] !== undefined);
  if (input.ACL !== undefined) {
    if (headers.length > 0) throw invalidRequest("Specifying both Canned ACLs and Header Grants is not allowed");
    if (!CANNED.has(input.ACL)) throw invalidArgument("", "x-amz-acl", input.ACL);
    return canned(input.ACL, owner, bucketOwner);
  }
  if (headers.length === 0) return undefined;
  return headers.flatMap(([member, header, permission]) => granted(input[member] ?? "", header, permission));
}

/** `id="…", uri="…"`. */
function granted(text: string, header: string, permission: string): readonly Grant[] {
  return text.split(",").map((each) => {
    const match = /^\s*(id|uri|emailAddress)\s*=\s*"?([^"]*)"?\s*$/.exec(each);
    if (match === null) throw invalidArgument("Argument format not recognized", header, text);
    const [, kind, value = ""] = match;
    if (kind === "emailAddress") throw noMoreEmail();
    const grantee: Grantee = kind === "id" ? { Type: "CanonicalUser", ID: value } : { Type: "Group", URI: value };
    checkGrantee(grantee, { id: "id", uri: "uri" });
    return { Grantee: grantee, Permission: permission };
  });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html: e-mail grantees ended in October 2025. */
function noMoreEmail(): Error {
  return s3Error("MethodNotAllowed", "The specified method is not allowed against this resource.", 405);
}

function checkGrantee(grantee: Grantee, names: { readonly id: string; readonly uri: string }): void {
  if (grantee.Type === "Group" && !URIS.has(grantee.URI ?? "")) {
    throw invalidArgument("Invalid group uri", names.uri, grantee.URI ?? "");
  }
  if (grantee.Type === "CanonicalUser" && !/^[0-9a-f]{64}$/.test(grantee.ID ?? "")) {
    throw invalidArgument("Invalid id", names.id, grantee.ID ?? "");
  }
}

/** Grants of an ACL document. */
export function grantsOfPolicy(policy: AccessControlPolicy, owner: string): readonly Grant[] {
  const id = policy.Owner?.ID;
  if (id === undefined) throw malformedAcl();
  if ((policy.Grants?.length ?? 0) > MOST_GRANTS) throw malformedAcl();
  if (id !== canonicalId(owner)) throw invalidArgument("Invalid id", "CanonicalUser/ID", id);
  return (policy.Grants ?? []).map((grant) => {
    const { Grantee: grantee, Permission: permission } = grant;
    if (grantee === undefined || permission === undefined || !PERMISSIONS.has(permission)) throw malformedAcl();
    if (grantee.Type === "AmazonCustomerByEmail") throw noMoreEmail();
    if (grantee.Type !== "Group" && grantee.Type !== "CanonicalUser") throw malformedAcl();
    checkGrantee(grantee, { id: "CanonicalUser/ID", uri: "Group/URI" });
    const { Type, ID, URI } = grantee;
    return {
      Grantee: { Type, ...(ID === undefined ? {} : { ID }), ...(URI === undefined ? {} : { URI }) },
      Permission: permission,
    };
  });
}

export function isPublic(grants: readonly Grant[]): boolean {
  return grants.some(({ Grantee: grantee }) => grantee?.URI === ALL_USERS || grantee?.URI === AUTHENTICATED);
}

export function enforcesOwner(bucket: Bucket): boolean {
  return bucket.ownership === "BucketOwnerEnforced";
}

type Owned = Pick<StoredObject, "writer" | "grants">;

/** The account that owns an object: its writer's, unless the bucket's owner owns all. */
export function ownerOfObject(bucket: Bucket, { writer }: Pick<Owned, "writer">): string {
  return writer === undefined || enforcesOwner(bucket) ? bucket.account : writer;
}

export function grantsOfObject(bucket: Bucket, object: Owned): readonly Grant[] {
  const own = [fullControl(ownerOfObject(bucket, object))];
  return enforcesOwner(bucket) ? own : (object.grants ?? own);
}

/** Under BucketOwnerEnforced a bucket takes no ACL but those that change nothing. */
export function checkTaken(bucket: Bucket, acl: string | undefined): void {
  if (enforcesOwner(bucket) && acl !== "bucket-owner-full-control" && acl !== "private") {
    throw s3Error("AccessControlListNotSupported", "The bucket does not allow ACLs");
  }
}

/** Whether the group that delivers access logs may write, and read the list itself. */
export function admitsLogDelivery(bucket: Bucket): boolean {
  const has = (...permissions: readonly string[]): boolean =>
    bucket.grants.some(
      ({ Grantee: grantee, Permission: given = "" }) => grantee?.URI === LOG_DELIVERY && permissions.includes(given),
    );
  return !enforcesOwner(bucket) && has("WRITE", "FULL_CONTROL") && has("READ_ACP", "FULL_CONTROL");
}

/** Whether grants give a caller (undefined: nobody in particular) one of some permissions. */
export function allows(grants: readonly Grant[], account: string | undefined, permissions: readonly string[]): boolean {
  return grants.some(({ Grantee: grantee, Permission: permission }) => {
    if (permission === undefined || !permissions.includes(permission)) return false;
    if (grantee?.URI === ALL_USERS) return true;
    if (account === undefined) return false;
    return grantee?.URI === AUTHENTICATED || grantee?.ID === canonicalId(account);
  });
}
