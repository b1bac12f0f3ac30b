// The grants that PutBucketAcl and PutObjectAcl ask for: canned, in headers, or as a document.

import { accessDenied, s3Error } from "../errors.ts";
import type { Found } from "../rules/find-bucket.ts";
import { checkTaken, grantsOf, grantsOfPolicy, isPublic, type AclInput } from "../rules/grants.ts";
import type { AccessControlPolicy, Grant } from "../../../models/s3.d.ts";
import type { Context } from "../store.ts";
import { isBlocked } from "./public-access.ts";

type Input = AclInput & { readonly AccessControlPolicy?: AccessControlPolicy | undefined };

export function requestedGrants(
  input: Input,
  { owner, bucketOwner }: { readonly owner: string; readonly bucketOwner: string },
): readonly Grant[] {
  const grants = grantsOf(input, owner, bucketOwner);
  const { AccessControlPolicy: policy } = input;
  if (grants !== undefined) {
    if (policy !== undefined) throw s3Error("UnexpectedContent", "This request does not support content");
    return grants;
  }
  if (policy !== undefined) return grantsOfPolicy(policy, owner);
  const message = "Your request was missing a required header";
  throw s3Error("MissingSecurityHeader", message, 400, { MissingHeaderName: "x-amz-acl" });
}

/** ACLs are off under BucketOwnerEnforced; public ones are refused under BlockPublicAcls. */
export function checkAllowed(context: Context, found: Found, grants: readonly Grant[], acl: string | undefined): void {
  checkTaken(found.bucket, acl);
  if (isPublic(grants) && isBlocked(context, found, "BlockPublicAcls")) throw accessDenied();
}
