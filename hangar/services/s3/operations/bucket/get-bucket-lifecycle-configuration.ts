// Tells a bucket's lifecycle rules.

import type {
  GetBucketLifecycleConfigurationInput,
  GetBucketLifecycleConfigurationOutput,
} from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export const getBucketLifecycleConfiguration = operation<
  GetBucketLifecycleConfigurationInput,
  GetBucketLifecycleConfigurationOutput
>((input, context) => {
  const { bucket } = findBucket(input, context);
  if (bucket.lifecycle === undefined) {
    throw noConfiguration("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", bucket.name);
  }
  return { Rules: bucket.lifecycle.rules, TransitionDefaultMinimumObjectSize: bucket.lifecycle.minimumSize };
});
