// Sets who owns objects that others write.

import type { PutBucketOwnershipControlsInput } from "../../../../models/s3.d.ts";
import { malformedXml, s3Error } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { canonicalId } from "../../rules/owners.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
export const putBucketOwnershipControls = operation<PutBucketOwnershipControlsInput, Record<string, never>>(
  (input, context) => {
    const found = findBucket(input, context);
    const rules = input.OwnershipControls.Rules ?? [];
    const ownership = rules[0]?.ObjectOwnership;
    if (rules.length !== 1 || ownership === undefined || !OWNERSHIPS.includes(ownership)) throw malformedXml();
    const foreign = found.bucket.grants.some((grant) => grant.Grantee?.ID !== canonicalId(found.bucket.account));
    if (ownership === "BucketOwnerEnforced" && foreign) {
      const message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
      throw s3Error("InvalidBucketAclWithObjectOwnership", message);
    }
    change(found, { ownership });
    return {};
  },
);

const OWNERSHIPS: readonly string[] = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];
