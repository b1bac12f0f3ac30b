// Sets a bucket's access control list.

import type { PutBucketAclInput } from "../../../../models/s3.d.ts";
import { checkAllowed, requestedGrants } from "../../engine/access-lists.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const putBucketAcl = operation<PutBucketAclInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  const { account } = found.bucket;
  const grants = requestedGrants(input, { owner: account, bucketOwner: account });
  checkAllowed(context, found, grants, input.ACL);
  change(found, { grants });
  return {};
});
