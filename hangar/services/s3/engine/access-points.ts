// Access points as they are kept: made, found by name, alias or bucket, given policies, and removed.

import type { AccessPoint, NewAccessPoint } from "../../../ports/storage.ts";
import { accessDenied, accessPointAlreadyOwnedByYou, invalidRequest, noSuchAccessPoint } from "../errors.ts";
import { accessPointArn, aliasOf } from "../rules/access-point-names.ts";
import { lookUp } from "../rules/find-bucket.ts";
import { isPublicPolicy } from "../rules/policies.ts";
import { checkAccessPointPolicy } from "../rules/policy-form.ts";
import { sharedStore, type Context } from "../store.ts";
import { checkPrincipals } from "./policy-principals.ts";
import { accountBlock } from "./public-access.ts";

export function accessPointAt({ store }: Context, name: string): AccessPoint {
  const found = store.accessPoints.get(name);
  if (found === undefined) throw noSuchAccessPoint(name);
  return found;
}

function attachment({ bucket, account, name }: Pick<AccessPoint, "bucket" | "account" | "name">): string {
  return `${bucket}\u0000${account}\u0000${name}`;
}

/** The bucket must be there, in this region, and belong to whom the request says. */
export function createAccessPoint(context: Context, wanted: NewAccessPoint): AccessPoint {
  const { account, region, store } = context;
  const bucket = lookUp(context, wanted.bucket)?.bucket;
  if (bucket?.region !== region || bucket.name !== wanted.bucket)
    throw invalidRequest("Amazon S3 AccessPoint can only be created for existing bucket");
  if (bucket.account !== (wanted.bucketAccount ?? account)) throw accessDenied();
  if (store.accessPoints.get(wanted.name) !== undefined) throw accessPointAlreadyOwnedByYou();
  const place = { account, region, name: wanted.name };
  const accessPoint: AccessPoint = {
    ...wanted,
    ...place,
    arn: accessPointArn(place),
    alias: aliasOf(wanted.name, (length) => context.ids.lower(length)),
    bucketAccount: bucket.account,
    created: context.clock.now(),
  };
  store.accessPoints.put(wanted.name, accessPoint);
  const shared = sharedStore(context);
  shared.aliases.put(accessPoint.alias, place);
  shared.attachments.put(attachment(accessPoint), place);
  return accessPoint;
}

export function deleteAccessPoint(context: Context, name: string): void {
  const accessPoint = accessPointAt(context, name);
  context.store.accessPoints.delete(name);
  const shared = sharedStore(context);
  shared.aliases.delete(accessPoint.alias);
  shared.attachments.delete(attachment(accessPoint));
}

type Wanted = { readonly bucket?: string | undefined; readonly after?: string | undefined; readonly max: number };

export function accessPointsOf(context: Context, { bucket, after, max }: Wanted): readonly AccessPoint[] {
  const found: AccessPoint[] = [];
  for (const accessPoint of walk(context, bucket, after)) {
    if (found.length >= max) break;
    found.push(accessPoint);
  }
  return found;
}

function* walk(context: Context, bucket: string | undefined, after: string | undefined): Generator<AccessPoint> {
  const { account, store } = context;
  if (bucket === undefined) return yield* store.accessPoints.rows(after === undefined ? {} : { after });
  const prefix = attachment({ bucket, account, name: "" });
  const rows = sharedStore(context).attachments.rows({
    prefix,
    ...(after === undefined ? {} : { after: prefix + after }),
  });
  for (const { name } of rows) {
    const accessPoint = store.accessPoints.get(name);
    if (accessPoint !== undefined) yield accessPoint;
  }
}

/** Those of other accounts do not keep a bucket from being deleted. */
export function hasAccessPoints(context: Context, bucket: string, account: string): boolean {
  return sharedStore(context).attachments.first({ prefix: attachment({ bucket, account, name: "" }) }) !== undefined;
}

export function setPolicy(context: Context, name: string, policy: string | undefined): void {
  const accessPoint = accessPointAt(context, name);
  if (policy !== undefined) {
    checkPrincipals(context, checkAccessPointPolicy(policy, accessPoint.arn), accessPoint.account);
    const isBlocked = accessPoint.block.BlockPublicPolicy || blocksPolicies(context, accessPoint);
    if (isBlocked && isPublicAccessPoint({ ...accessPoint, policy })) throw accessDenied();
  }
  context.store.accessPoints.put(name, { ...accessPoint, policy });
}

/** A bucket's own setting is for access points of its account. */
function blocksPolicies(context: Context, { account, bucket: name }: AccessPoint): boolean {
  const bucket = lookUp(context, name)?.bucket;
  const isOwn = bucket?.account === account && bucket.publicAccessBlock?.BlockPublicPolicy === true;
  return isOwn || accountBlock(context, account)?.BlockPublicPolicy === true;
}

/** From within a VPC nothing is public. */
export function isPublicAccessPoint({ vpcId, policy }: AccessPoint): boolean {
  return vpcId === undefined && isPublicPolicy(policy);
}
