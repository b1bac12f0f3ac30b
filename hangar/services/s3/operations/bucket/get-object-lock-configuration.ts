// Tells a bucket's Object Lock.

import type { GetObjectLockConfigurationInput, GetObjectLockConfigurationOutput } from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html */
export const getObjectLockConfiguration = operation<GetObjectLockConfigurationInput, GetObjectLockConfigurationOutput>(
  (input, context) => {
    const { bucket } = findBucket(input, context);
    if (bucket.objectLock === undefined) {
      throw noConfiguration(
        "ObjectLockConfigurationNotFoundError",
        "Object Lock configuration does not exist for this bucket",
        bucket.name,
      );
    }
    return { ObjectLockConfiguration: bucket.objectLock };
  },
);
