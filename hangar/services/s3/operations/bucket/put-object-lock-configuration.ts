// Turns Object Lock on and sets its default retention.

import type { PutObjectLockConfigurationInput } from "../../../../models/s3.d.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { invalidArgument, malformedXml, s3Error } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html */
export const putObjectLockConfiguration = operation<PutObjectLockConfigurationInput, Record<string, never>>(
  (input, context) => {
    const found = findBucket(input, context);
    const configuration = input.ObjectLockConfiguration;
    if (configuration?.ObjectLockEnabled !== "Enabled") throw malformedXml();
    if (found.bucket.versioning !== "Enabled") {
      const message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration";
      throw s3Error("InvalidBucketState", message, 409);
    }
    const retention = configuration.Rule?.DefaultRetention;
    if (configuration.Rule !== undefined) {
      const { Mode: mode, Days: days, Years: years, DefaultEventHold: eventHold } = retention ?? {};
      if (eventHold !== undefined) throw notEmulated("event holds (DefaultRetention.DefaultEventHold)");
      if (mode !== "GOVERNANCE" && mode !== "COMPLIANCE") throw malformedXml();
      if ((days === undefined) === (years === undefined)) throw malformedXml();
      const [name, period, longest] = days === undefined ? ["Years", years ?? 0, 100] : ["Days", days, 36_500];
      if (period <= 0) throw invalidArgument("Default retention period must be a positive integer value.", name);
      if (period > longest) throw invalidArgument("Default retention period is too large.", name, String(period));
    }
    change(found, { objectLock: configuration });
    return {};
  },
);
