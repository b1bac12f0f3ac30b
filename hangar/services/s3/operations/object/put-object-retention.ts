// Sets until when an object is retained.

import type { PutObjectRetentionInput, PutObjectRetentionOutput } from "../../../../models/s3.d.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { begunAgain } from "../../engine/replication.ts";
import { amend, objectAt } from "../../engine/versions.ts";
import { accessDenied, invalidArgument, invalidRequest, malformedXml } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { pacificTime } from "../../rules/locks.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html */
export const putObjectRetention = operation<PutObjectRetentionInput, PutObjectRetentionOutput>((input, context) => {
  const found = findBucket(input, context);
  if (found.bucket.objectLock === undefined) throw invalidRequest("Bucket is missing Object Lock Configuration");
  const { Mode: mode, RetainUntilDate: date, EventHold: eventHold } = input.Retention ?? {};
  if (eventHold !== undefined) throw notEmulated("event holds of S3 objects (Retention.EventHold)");
  if ((mode === undefined) !== (date === undefined)) throw malformedXml();
  if (mode !== undefined && mode !== "GOVERNANCE" && mode !== "COMPLIANCE") throw malformedXml();
  const now = context.clock.now();
  if (date !== undefined && date.getTime() <= now) {
    throw invalidArgument("The retain until date must be in the future!", "RetainUntilDate", pacificTime(date));
  }
  const object = objectAt(found, input, "PUT");
  const { lock } = object;
  const running = lock?.mode !== undefined && (lock.until ?? 0) > now;
  const weakens = date === undefined || date.getTime() < (lock?.until ?? 0) || lock?.mode !== mode;
  const bypass = lock?.mode === "GOVERNANCE" && input.BypassGovernanceRetention === true;
  if (running && weakens && !bypass) throw accessDenied("Access Denied because object protected by object lock.");
  amend(found, object, {
    lock: { mode, until: date?.getTime(), legalHold: lock?.legalHold },
    ...begunAgain(context, found.bucket, object),
  });
  return {};
});
