// Sets whom a bucket notifies of what.

import type { PutBucketNotificationConfigurationInput } from "../../../../models/s3.d.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { checkConfiguration } from "../../rules/notifications.ts";
import { proveDestinations } from "../../engine/destinations.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html: each destination gets a test event first. */
export const putBucketNotificationConfiguration = operation<
  PutBucketNotificationConfigurationInput,
  Record<string, never>
>(async (input, context) => {
  const found = findBucket(input, context);
  const given = input.NotificationConfiguration;
  const configuration = checkConfiguration(given, () => Buffer.from(context.ids.uuid()).toString("base64"));
  if (input.SkipDestinationValidation !== true) await proveDestinations(context, found.bucket, configuration);
  const empty = Object.values(configuration).every((each) => Array.isArray(each) && each.length === 0);
  change(findBucket(input, context), { notification: empty ? undefined : configuration });
  return {};
});
