// Sets a bucket's replication rules.

import { parseArn } from "../../../../kernel/arn.ts";
import type { PutBucketReplicationInput } from "../../../../models/s3.d.ts";
import { accessDenied, invalidRequest } from "../../errors.ts";
import { change, findBucket, lookUp } from "../../rules/find-bucket.ts";
import { checkReplication, checkRole } from "../../rules/replication-form.ts";
import { destinationOf } from "../../rules/replication.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html: the role is looked up when it is needed. */
export const putBucketReplication = operation<PutBucketReplicationInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  const { name, versioning } = found.bucket;
  const { Role: role } = input.ReplicationConfiguration;
  checkRole(role);
  // Nobody can pass a role of another account.
  if (parseArn(role)?.account !== context.caller.account) throw accessDenied();
  if (versioning !== "Enabled")
    throw invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
  const replication = checkReplication(input.ReplicationConfiguration, name, () => context.ids.alphanumeric(48));
  for (const destination of new Set(replication.Rules.map(destinationOf))) {
    const there = lookUp(context, destination)?.bucket;
    if (there === undefined) throw invalidRequest("Destination bucket must exist.");
    if (there.versioning !== "Enabled") throw invalidRequest("Destination bucket must have versioning enabled.");
  }
  change(found, { replication });
  return {};
});
