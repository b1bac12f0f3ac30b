// Tells whom a bucket notifies.

import type { GetBucketNotificationConfigurationInput, NotificationConfiguration } from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html */
export const getBucketNotificationConfiguration = operation<
  GetBucketNotificationConfigurationInput,
  NotificationConfiguration
>((input, context) => {
  return findBucket(input, context).bucket.notification ?? {};
});
