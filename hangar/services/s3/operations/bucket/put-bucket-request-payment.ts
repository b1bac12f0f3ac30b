// Sets who pays for requests.

import type { PutBucketRequestPaymentInput } from "../../../../models/s3.d.ts";
import { malformedXml } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html */
export const putBucketRequestPayment = operation<PutBucketRequestPaymentInput, Record<string, never>>(
  (input, context) => {
    const found = findBucket(input, context);
    const { Payer: payer } = input.RequestPaymentConfiguration;
    if (payer !== "BucketOwner" && payer !== "Requester") throw malformedXml();
    change(found, { payer });
    return {};
  },
);
