// Finds the bucket a request names, and refuses what S3 refuses before anything else.

import { accessDenied, noSuchBucket, permanentRedirect, s3Error } from "../errors.ts";
import { checkKey } from "./keys.ts";
import { placeOf, type Bucket, type Context, type Store } from "../store.ts";

export type Found = { readonly bucket: Bucket; readonly store: Store };
export type BucketInput = {
  readonly Bucket: string;
  readonly Key?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly RequestPayer?: string | undefined;
};

export function lookUp(context: Context, name: string): Found | undefined {
  const place = placeOf(context, name);
  if (place === undefined) return undefined;
  const store = context.storeAt(place.account, place.region);
  const bucket = store.buckets.get(name);
  return bucket === undefined ? undefined : { bucket, store };
}

export function findBucket(input: BucketInput, context: Context): Found {
  const found = lookUp(context, input.Bucket);
  if (found === undefined) throw noSuchBucket(input.Bucket);
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
