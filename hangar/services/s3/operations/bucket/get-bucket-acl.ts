// Tells a bucket's access control list.

import type { GetBucketAclInput, GetBucketAclOutput } from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { enforcesOwner, fullControl } from "../../rules/grants.ts";
import { ownerOf } from "../../rules/owners.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl = operation<GetBucketAclInput, GetBucketAclOutput>((input, context) => {
  const { bucket } = findBucket(input, context);
  return {
    Owner: ownerOf(bucket.account),
    Grants: enforcesOwner(bucket) ? [fullControl(bucket.account)] : bucket.grants,
  };
});
