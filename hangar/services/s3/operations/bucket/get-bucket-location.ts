// Tells a bucket's region.

import type { GetBucketLocationInput, GetBucketLocationOutput } from "../../../../models/s3.d.ts";
import { checkOwner, reach } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html: asked of any region; us-east-1 is answered by nothing. */
export const getBucketLocation = operation<GetBucketLocationInput, GetBucketLocationOutput>((input, context) => {
  const found = reach(context, input.Bucket);
  if (input.ExpectedBucketOwner !== undefined) checkOwner(found.bucket, input.ExpectedBucketOwner);
  const { region, location = region } = found.bucket;
  return region === "us-east-1" ? {} : { LocationConstraint: location };
});
