// Sets a bucket's lifecycle rules.

import type {
  PutBucketLifecycleConfigurationInput,
  PutBucketLifecycleConfigurationOutput,
} from "../../../../models/s3.d.ts";
import { scheduleLifecycle } from "../../engine/lifecycle-runs.ts";
import { invalidRequest } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { checkRules } from "../../rules/lifecycle-form.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export const putBucketLifecycleConfiguration = operation<
  PutBucketLifecycleConfigurationInput,
  PutBucketLifecycleConfigurationOutput
>((input, context) => {
  const found = findBucket(input, context);
  const minimumSize = input.TransitionDefaultMinimumObjectSize ?? "all_storage_classes_128K";
  if (minimumSize !== "all_storage_classes_128K" && minimumSize !== "varies_by_storage_class") {
    throw invalidRequest(`Invalid TransitionDefaultMinimumObjectSize found: ${minimumSize}`);
  }
  const rules = checkRules(input.LifecycleConfiguration?.Rules ?? [], () =>
    Buffer.from(context.ids.uuid()).toString("base64"),
  );
  change(found, { lifecycle: { rules, minimumSize } });
  scheduleLifecycle(context, found.bucket);
  return { TransitionDefaultMinimumObjectSize: minimumSize };
});
