// Tells whether transfers to a bucket are accelerated.

import type {
  GetBucketAccelerateConfigurationInput,
  GetBucketAccelerateConfigurationOutput,
} from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html */
export const getBucketAccelerateConfiguration = operation<
  GetBucketAccelerateConfigurationInput,
  GetBucketAccelerateConfigurationOutput
>((input, context) => {
  const { accelerate } = findBucket(input, context).bucket;
  return accelerate === undefined ? {} : { Status: accelerate };
});
