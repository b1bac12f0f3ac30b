// Tells who pays for requests.

import type { GetBucketRequestPaymentInput, GetBucketRequestPaymentOutput } from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html */
export const getBucketRequestPayment = operation<GetBucketRequestPaymentInput, GetBucketRequestPaymentOutput>(
  (input, context) => {
    return { Payer: findBucket(input, context).bucket.payer ?? "BucketOwner" };
  },
);
