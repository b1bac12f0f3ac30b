// Lists a bucket's objects in the older way, with a marker.

import type { ListObjectsInput, ListObjectsOutput } from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { encoderFor, listPage, maxKeysOf, walkOf } from "../../rules/listings.ts";
import { listedObject } from "../../rules/listed-object.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html: NextMarker comes with a delimiter only. */
export const listObjects = operation<ListObjectsInput, ListObjectsOutput>((input, context) => {
  const { bucket, store } = findBucket(input, context);
  const encode = encoderFor(input.EncodingType);
  const max = maxKeysOf(input.MaxKeys);
  const { Prefix: prefix = "", Delimiter: delimiter, Marker: marker = "" } = input;
  const page = listPage(walkOf(store.objects, bucket.name, prefix), {
    bucket: bucket.name,
    prefix,
    delimiter,
    after: marker,
    max,
  });
  // Nobody in particular is not told whose they are.
  const shown = {
    bucket: context.caller.kind === "anonymous" ? undefined : bucket,
    attributes: input.OptionalObjectAttributes,
  };
  const divided = delimiter !== undefined && delimiter !== "";
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    Marker: encode(marker),
    ...(divided ? { Delimiter: encode(delimiter) } : {}),
    ...(divided && page.truncated && page.last !== undefined ? { NextMarker: encode(page.last) } : {}),
    MaxKeys: max,
    ...(input.EncodingType === undefined || input.EncodingType === "" ? {} : { EncodingType: input.EncodingType }),
    IsTruncated: page.truncated,
    Contents: page.entries.map((object) => listedObject(object, encode, shown)),
    CommonPrefixes: page.prefixes.map((each) => ({ Prefix: encode(each) })),
  };
});
