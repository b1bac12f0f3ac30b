// Finds the bucket a request names, and refuses what S3 refuses before anything else.

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { AccessPoint } from "../../../ports/storage.ts";
import {
  accessDenied,
  noSuchAccessPoint,
  noSuchBucket,
  notThroughAccessPoints,
  permanentRedirect,
  s3Error,
} from "../errors.ts";
import { isAlias, parseAccessPointArn, parseAccessPointHost } from "./access-point-names.ts";
import { THROUGH_ACCESS_POINTS } from "./access-point-operations.ts";
import { checkKey } from "./keys.ts";
import { placeOf, sharedStore, type AccessPointPlace, type Bucket, type Context, type Store } from "../store.ts";

export type Found = {
  readonly bucket: Bucket;
  readonly store: Store;
  /** What the request came through. */
  readonly accessPoint: AccessPoint | undefined;
};
export type BucketInput = {
  readonly Bucket: string;
  readonly Key?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly RequestPayer?: string | undefined;
};

/** By a bucket's name, or by an access point's ARN, alias or host. */
export function lookUp(context: Context, name: string): Found | undefined {
  const place = placeOf(context, name);
  if (place === undefined) return behindAccessPoint(context, name);
  const store = context.storeAt(place.account, place.region);
  const bucket = store.buckets.get(name);
  return bucket === undefined ? undefined : { bucket, store, accessPoint: undefined };
}

function behindAccessPoint(context: Context, name: string): Found | undefined {
  const at = accessPointPlace(context, name);
  const accessPoint = at === undefined ? undefined : context.storeAt(at.account, at.region).accessPoints.get(at.name);
  if (accessPoint === undefined) return undefined;
  const { bucket: behind, bucketAccount, region } = accessPoint;
  const store = context.storeAt(bucketAccount, region);
  const bucket = store.buckets.get(behind);
  return bucket === undefined ? undefined : { bucket, store, accessPoint };
}

function accessPointPlace(context: Context, name: string): AccessPointPlace | undefined {
  if (name.startsWith("arn:")) return parseAccessPointArn(name);
  if (isAlias(name)) return sharedStore(context).aliases.get(name);
  return parseAccessPointHost(name, context.region);
}

/** Throws what S3 says of a bucket or an access point that is not there, and of what access points do not do. */
export function reach(context: Context, name: string): Found {
  const found = lookUp(context, name);
  if (found === undefined) throw notThere(name);
  if (found.accessPoint === undefined) return found;
  // Nothing of ours is inside of a VPC.
  if (found.accessPoint.vpcId !== undefined) throw accessDenied();
  if (!THROUGH_ACCESS_POINTS.has(context.operation)) throw notThroughAccessPoints(context.request.method);
  return found;
}

function notThere(name: string): Error {
  const named = parseAccessPointArn(name);
  if (named !== undefined) return noSuchAccessPoint(named.name);
  return name.startsWith("arn:") || name.endsWith(".mrap.accesspoint")
    ? notEmulated("S3 access points of several regions, of Object Lambda and of Outposts")
    : noSuchBucket(name);
}

export function findBucket(input: BucketInput, context: Context): Found {
  const found = reach(context, input.Bucket);
  if (input.Key !== undefined) checkKey(input.Key);
  if (found.bucket.region !== context.region && isSigned(context)) {
    throw permanentRedirect(input.Bucket, found.bucket.region);
  }
  if (input.ExpectedBucketOwner !== undefined) checkOwner(found.bucket, input.ExpectedBucketOwner);
  if (found.bucket.payer === "Requester") checkPayer(found.bucket, input, context);
  return found;
}

/** Others have to say that they will pay; who is nobody cannot. */
function checkPayer(bucket: Bucket, { RequestPayer: payer }: BucketInput, { caller }: Context): void {
  const isForeign = caller.kind !== "service" && caller.account !== bucket.account;
  if (isForeign && (payer !== "requester" || caller.kind === "anonymous")) throw accessDenied();
}

/** Only a signature names a region: S3 would route the unsigned and its own services to the bucket. */
function isSigned(context: Context): boolean {
  return context.caller.kind !== "anonymous" && context.caller.kind !== "service";
}

export function checkOwner(bucket: Bucket, expected: string): void {
  if (!/^\d{12}$/.test(expected)) {
    const message = `The value of the expected bucket owner parameter must be an AWS Account ID... [${expected}]`;
    throw s3Error("InvalidBucketOwnerAWSAccountID", message);
  }
  if (expected !== bucket.account) throw accessDenied();
}

/** Changes a bucket's row. */
export function change({ bucket, store }: Found, members: Partial<Bucket>): Bucket {
  const changed = { ...bucket, ...members };
  store.buckets.put(bucket.name, changed);
  return changed;
}
