// Describes an object without its body.

import type { HeadObjectInput, HeadObjectOutput } from "../../../../models/s3.d.ts";
import { secretOf } from "../../engine/secrets.ts";
import { objectAt } from "../../engine/versions.ts";
import { checkRead } from "../../rules/conditions.ts";
import { describe } from "../../rules/describe.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { checkOverrides } from "../../rules/header-values.ts";
import { checkReadHeaders, readSpan } from "../../rules/reads.ts";
import { tagCount } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject = operation<HeadObjectInput, HeadObjectOutput>(async (input, context) => {
  const found = findBucket(input, context);
  checkReadHeaders(context.request.headers);
  checkOverrides(input, context.caller.kind === "anonymous");
  const object = objectAt(found, input, "HEAD");
  checkRead(object, input, context.clock.now());
  if (object.encryption.kind === "customer" || input.SSECustomerAlgorithm !== undefined) {
    await secretOf(context, object.encryption, input);
  }
  const span = readSpan(object, input);
  return {
    ...describe(found, object, input, span.checksum),
    ...tagCount(object.tags),
    ...span.members,
    ContentLength: span.end - span.start,
  };
});
