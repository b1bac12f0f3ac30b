// Keeps a analytics configuration; nothing is reported or moved for it.

import type { PutBucketAnalyticsConfigurationInput } from "../../../../models/s3.d.ts";
import { malformedXml } from "../../errors.ts";
import { checkAnalytics } from "../../rules/configuration-forms.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAnalyticsConfiguration.html */
export const putBucketAnalyticsConfiguration = operation<PutBucketAnalyticsConfigurationInput, Record<string, never>>(
  (input, context) => {
    const found = findBucket(input, context);
    checkAnalytics(input.AnalyticsConfiguration);
    if (input.AnalyticsConfiguration.Id !== input.Id) throw malformedXml();
    change(found, { analytics: { ...found.bucket.analytics, [input.Id]: input.AnalyticsConfiguration } });
    return {};
  },
);
