// Reads an object, whole, in a range or by part.

import type { GetObjectInput, GetObjectOutput } from "../../../../models/s3.d.ts";
import { readBody } from "../../engine/body.ts";
import { secretOf } from "../../engine/secrets.ts";
import { objectAt } from "../../engine/versions.ts";
import { checkReadable, checkReadHeaders, readSpan } from "../../rules/reads.ts";
import { checkRead } from "../../rules/conditions.ts";
import { describe } from "../../rules/describe.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { checkOverrides } from "../../rules/header-values.ts";
import { tagCount } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject = operation<GetObjectInput, GetObjectOutput>((input, context) => {
  const found = findBucket(input, context);
  checkReadHeaders(context.request.headers);
  checkOverrides(input, context.caller.kind === "anonymous");
  const object = objectAt(found, input);
  checkRead(object, input, context.clock.now());
  checkReadable(object, context.clock.now());
  const secret = secretOf(context, object.encryption, input);
  const answer = (key: Uint8Array): GetObjectOutput => {
    const span = readSpan(object, input);
    return {
      ...describe(found, object, input, span.checksum),
      ...tagCount(object.tags),
      ...span.members,
      ContentLength: span.end - span.start,
      Body: readBody(context.blobs, object.segments, key, span),
    };
  };
  return secret instanceof Uint8Array ? answer(secret) : secret.then(answer);
});
