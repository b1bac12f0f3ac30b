// Creates a bucket.

import type { CreateBucketInput, CreateBucketOutput } from "../../../../models/s3.d.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { isRegion } from "../../../../kernel/regions.ts";
import {
  bucketAlreadyExists,
  bucketAlreadyOwnedByYou,
  illegalLocationConstraint,
  invalidArgument,
  invalidBucketName,
  s3Error,
} from "../../errors.ts";
import { hosts } from "../../rules/addresses.ts";
import { accountSuffix, isAccountName, isBucketName } from "../../rules/bucket-names.ts";
import { fullControl, grantsOf, isPublic } from "../../rules/grants.ts";
import { checkTags } from "../../rules/tags.ts";
import { operation, placeOf, sharedStore, type Bucket } from "../../store.ts";

const OWNERSHIPS = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucket = operation<CreateBucketInput, CreateBucketOutput>((input, context) => {
  const { Bucket: name } = input;
  if (!isBucketName(name)) throw invalidBucketName(name);
  if (name.endsWith("--x-s3") || input.CreateBucketConfiguration?.Bucket !== undefined)
    throw notEmulated("directory buckets");
  const region = regionFor(input, context.region);
  checkNamespace(input, accountSuffix(context.account, region));
  const taken = placeOf(context, name);
  const output = { Location: locationOf(name, region, context.request.origin), BucketArn: `arn:aws:s3:::${name}` };
  if (taken !== undefined) {
    if (taken.account !== context.account) throw bucketAlreadyExists(name);
    // In us-east-1 alone, creating one's own bucket again succeeds, unless it would get tags.
    const tags = input.CreateBucketConfiguration?.Tags ?? [];
    if (taken.region === "us-east-1" && region === "us-east-1" && tags.length === 0) return output;
    throw bucketAlreadyOwnedByYou(name);
  }
  const bucket = newBucket(input, { account: context.account, region, now: context.clock.now() });
  sharedStore(context).names.put(name, { account: context.account, region });
  context.storeAt(context.account, region).buckets.put(name, bucket);
  return output;
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html: an account's own names say whose they are. */
function checkNamespace(
  { Bucket: name, BucketNamespace: namespace = "global" }: CreateBucketInput,
  suffix: string,
): void {
  if (namespace !== "global" && namespace !== "account-regional") {
    const header = "x-amz-bucket-namespace";
    throw invalidArgument(`Invalid ${header} header: ${namespace}`, header, namespace);
  }
  const fits = namespace === "global" ? !isAccountName(name) : name.endsWith(suffix) && name.length > suffix.length;
  if (!fits) throw invalidBucketName(name);
}

function newBucket(
  input: CreateBucketInput,
  { account, region, now }: { account: string; region: string; now: number },
): Bucket {
  const ownership = input.ObjectOwnership ?? "BucketOwnerEnforced";
  if (!OWNERSHIPS.includes(ownership)) {
    throw invalidArgument(`Invalid x-amz-object-ownership header: ${ownership}`, "x-amz-object-ownership");
  }
  const grants = grantsOf(input, account);
  if (grants !== undefined && ownership === "BucketOwnerEnforced" && input.ACL !== "private") {
    throw s3Error(
      "InvalidBucketAclWithObjectOwnership",
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  }
  if (grants !== undefined && isPublic(grants)) {
    throw s3Error(
      "InvalidBucketAclWithBlockPublicAccessError",
      "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
    );
  }
  const tags = input.CreateBucketConfiguration?.Tags;
  for (const { Key: key } of tags ?? []) {
    const message = `User-defined tag keys can't start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.`;
    if (key.startsWith("aws:")) throw s3Error("InvalidTag", message);
  }
  return {
    name: input.Bucket,
    account,
    region,
    ...(input.CreateBucketConfiguration?.LocationConstraint === "EU" ? { location: "EU" } : {}),
    created: now,
    ownership,
    grants: grants ?? [fullControl(account)],
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    ...(tags === undefined || tags.length === 0 ? {} : { tags: checkTags(tags, 50) }),
    ...(input.ObjectLockEnabledForBucket === true
      ? { versioning: "Enabled", objectLock: { ObjectLockEnabled: "Enabled" } }
      : {}),
  };
}

/** The constraint has to be the endpoint's region; us-east-1 is left unsaid, and takes any. */
function regionFor(input: CreateBucketInput, region: string): string {
  const constraint = input.CreateBucketConfiguration?.LocationConstraint;
  if (constraint === undefined || constraint === "") {
    if (region !== "us-east-1") throw illegalLocationConstraint(undefined);
    return region;
  }
  const named = constraint === "EU" ? "eu-west-1" : constraint;
  if (region === "us-east-1") {
    if (constraint === "us-east-1" || !isRegion(named)) {
      throw s3Error("InvalidLocationConstraint", "The specified location-constraint is not valid", 400, {
        LocationConstraint: constraint,
      });
    }
    return named;
  }
  if (named !== region) throw illegalLocationConstraint(constraint);
  return region;
}

function locationOf(name: string, region: string, origin: string): string {
  return region === "us-east-1" ? `/${name}` : `http://${hosts(origin, name, region).domain}/`;
}
