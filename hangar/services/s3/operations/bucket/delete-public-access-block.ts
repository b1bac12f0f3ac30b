// Stops blocking public access.

import type { DeletePublicAccessBlockInput } from "../../../../models/s3.d.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html */
export const deletePublicAccessBlock = operation<DeletePublicAccessBlockInput, Record<string, never>>(
  (input, context) => {
    change(findBucket(input, context), { publicAccessBlock: undefined });
    return {};
  },
);
