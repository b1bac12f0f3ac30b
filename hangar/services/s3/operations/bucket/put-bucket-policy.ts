// Sets a bucket's policy.

import type { PutBucketPolicyInput } from "../../../../models/s3.d.ts";
import { checkPrincipals } from "../../engine/policy-principals.ts";
import { isBlocked } from "../../engine/public-access.ts";
import { accessDenied } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { isPublicPolicy } from "../../rules/policies.ts";
import { checkPolicy } from "../../rules/policy-form.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export const putBucketPolicy = operation<PutBucketPolicyInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  checkPrincipals(context, checkPolicy(input.Policy, found.bucket.name), found.bucket.account);
  if (isBlocked(context, found, "BlockPublicPolicy") && isPublicPolicy(input.Policy)) {
    const { arn } = context.caller;
    throw accessDenied(
      `User: ${arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${found.bucket.name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
    );
  }
  change(found, { policy: input.Policy });
  return {};
});
