// Keeps a Intelligent-Tiering configuration; nothing is reported or moved for it.

import type { PutBucketIntelligentTieringConfigurationInput } from "../../../../models/s3.d.ts";
import { malformedXml } from "../../errors.ts";
import { checkTiering } from "../../rules/configuration-forms.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketIntelligentTieringConfiguration.html */
export const putBucketIntelligentTieringConfiguration = operation<
  PutBucketIntelligentTieringConfigurationInput,
  Record<string, never>
>((input, context) => {
  const found = findBucket(input, context);
  checkTiering(input.IntelligentTieringConfiguration);
  if (input.IntelligentTieringConfiguration.Id !== input.Id) throw malformedXml();
  change(found, { tiering: { ...found.bucket.tiering, [input.Id]: input.IntelligentTieringConfiguration } });
  return {};
});
