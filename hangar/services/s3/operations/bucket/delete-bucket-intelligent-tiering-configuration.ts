// Forgets a Intelligent-Tiering configuration.

import type { DeleteBucketIntelligentTieringConfigurationInput } from "../../../../models/s3.d.ts";
import { noConfiguration } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketIntelligentTieringConfiguration.html */
export const deleteBucketIntelligentTieringConfiguration = operation<
  DeleteBucketIntelligentTieringConfigurationInput,
  Record<string, never>
>((input, context) => {
  const found = findBucket(input, context);
  const { [input.Id]: gone, ...rest } = found.bucket.tiering ?? {};
  if (gone === undefined) throw noConfiguration("NoSuchConfiguration", "The specified configuration does not exist.");
  change(found, { tiering: rest });
  return {};
});
