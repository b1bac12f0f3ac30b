// The policy that speaks for a bucket: its own, less what public access blocks, plus what access control lists grant.

import { ACL_ACTIONS } from "../rules/actions.ts";
import type { Found } from "../rules/find-bucket.ts";
import { ALL_USERS, AUTHENTICATED, allows, enforcesOwner, grantsOfObject, ownerOfObject } from "../rules/grants.ts";
import { isPublicPolicy, policyOf, type Policy } from "../rules/policies.ts";
import { isVersionId } from "../rules/version-order.ts";
import { versionKey, type Bucket, type Context, type StoredObject } from "../store.ts";
import { isBlocked } from "./public-access.ts";
import { locate } from "./versions.ts";

type Wanted = {
  readonly action: string;
  readonly key?: string | undefined;
  readonly versionId?: string | undefined;
  readonly resource: string;
  /** Account that owns the bucket, or the object that is there. */
  readonly owner: string;
  /** The list is set with the object itself: who may write it may. */
  readonly withWrite?: boolean | undefined;
  readonly input?: object | undefined;
};

type Asking = Pick<Context, "caller" | "storeAt">;

/** Rights on an object that are its owner's to give, where that is not the bucket's. */
const OF_OBJECT_OWNER: ReadonlySet<string> = new Set(
  `GetObject GetObjectVersion GetObjectAttributes GetObjectVersionAttributes GetObjectAcl GetObjectVersionAcl
  PutObjectAcl PutObjectVersionAcl GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging
  DeleteObjectTagging DeleteObjectVersionTagging`.split(/\s+/),
);

/** The bucket's owner does not own what others wrote, unless access control lists are off. */
export function ownerFor(
  found: Found,
  { action, key, versionId, withWrite }: Omit<Wanted, "resource" | "owner">,
): string {
  const { bucket } = found;
  if (key === undefined || withWrite === true || enforcesOwner(bucket) || !OF_OBJECT_OWNER.has(action))
    return bucket.account;
  const version = existing(found, key, versionId);
  return version === undefined ? bucket.account : ownerOfObject(bucket, version);
}

export function effectivePolicy(context: Asking, found: Found, wanted: Wanted): object | undefined {
  const { bucket } = found;
  const foreign = isForeign(context, wanted.owner);
  const policy = wanted.owner === bucket.account ? ownPolicy(context, found, foreign) : denials(bucket);
  const sid = began(context, found, wanted)
    ? "Initiator"
    : foreign && granted(context, found, wanted)
      ? "AccessControlList"
      : undefined;
  if (sid === undefined) return policy;
  const { caller } = context;
  const principal = caller.kind === "anonymous" ? "*" : { AWS: caller.roleArn ?? caller.arn };
  const statement = {
    Sid: sid,
    Effect: "Allow",
    Principal: principal,
    Action: `s3:${wanted.action}`,
    Resource: wanted.resource,
  };
  return { Version: "2012-10-17", Statement: [...(policy?.Statement ?? []), statement] };
}

const OF_INITIATOR: ReadonlySet<string> = new Set(["AbortMultipartUpload", "ListMultipartUploadParts"]);

/** Who began an upload may list its parts and give it up. https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions */
function began({ caller }: Asking, { bucket, store }: Found, { action, key = "", input = {} }: Wanted): boolean {
  const { UploadId: id } = input as { readonly UploadId?: string };
  if (id === undefined || !OF_INITIATOR.has(action)) return false;
  const upload = store.uploads.get(versionKey(bucket.name, key, id));
  if (upload?.initiator !== caller.account) return false;
  return caller.kind === "root" || caller.arn === upload.initiatorArn;
}

function ownPolicy(context: Asking, found: Found, foreign: boolean): Policy | undefined {
  const { bucket } = found;
  const blocked = foreign && isPublicPolicy(bucket.policy) && isBlocked(context, found, "RestrictPublicBuckets");
  return bucket.policy === undefined || blocked ? undefined : policyOf(bucket.policy);
}

/** Over objects of others a bucket's policy can only forbid. */
function denials({ policy }: Bucket): Policy | undefined {
  if (policy === undefined) return undefined;
  const document = policyOf(policy);
  return { ...document, Statement: document.Statement.filter((statement) => statement.Effect === "Deny") };
}

export function isForeign({ caller }: Pick<Context, "caller">, owner: string): boolean {
  return caller.kind === "anonymous" || (caller.kind !== "service" && caller.account !== owner);
}

function granted(context: Asking, found: Found, { action, key, versionId, withWrite }: Wanted): boolean {
  const { caller } = context;
  const { bucket } = found;
  const asked = ACL_ACTIONS[withWrite === true ? "PutObject" : action];
  if (asked === undefined || enforcesOwner(bucket)) return false;
  const version = asked.of === "bucket" ? undefined : existing(found, key ?? "", versionId);
  // Of an object that is not there no list tells: who may list the bucket may learn that.
  const rule = asked.of === "bucket" || version !== undefined ? asked : ACL_ACTIONS["ListBucket"];
  if (rule === undefined) return false;
  const list = version === undefined ? bucket.grants : grantsOfObject(bucket, version);
  const ignorePublic = isBlocked(context, found, "IgnorePublicAcls");
  const grants = ignorePublic
    ? list.filter(({ Grantee: grantee }) => grantee?.URI !== ALL_USERS && grantee?.URI !== AUTHENTICATED)
    : list;
  return allows(grants, caller.kind === "anonymous" ? undefined : caller.account, rule.permissions);
}

function existing(found: Found, key: string, versionId: string | undefined): StoredObject | undefined {
  const version = versionId !== undefined && !isVersionId(versionId) ? undefined : locate(found, key, versionId);
  return version === undefined || version.marker === true ? undefined : version;
}
