// Tells which public access a bucket blocks.

import type { GetPublicAccessBlockInput, GetPublicAccessBlockOutput } from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html */
export const getPublicAccessBlock = operation<GetPublicAccessBlockInput, GetPublicAccessBlockOutput>(
  (input, context) => {
    const { bucket } = findBucket(input, context);
    if (bucket.publicAccessBlock === undefined) {
      throw noConfiguration(
        "NoSuchPublicAccessBlockConfiguration",
        "The public access block configuration was not found",
        bucket.name,
      );
    }
    return { PublicAccessBlockConfiguration: bucket.publicAccessBlock };
  },
);
