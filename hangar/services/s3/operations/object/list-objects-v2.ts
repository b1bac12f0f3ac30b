// Lists a bucket's objects, a page at a time.

import type { ListObjectsV2Input, ListObjectsV2Output } from "../../../../models/s3.d.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { encoderFor, keyOfToken, listPage, maxKeysOf, tokenOf, walkOf } from "../../rules/listings.ts";
import { listedObject } from "../../rules/listed-object.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2 = operation<ListObjectsV2Input, ListObjectsV2Output>((input, context) => {
  const { bucket, store } = findBucket(input, context);
  const encode = encoderFor(input.EncodingType);
  const max = maxKeysOf(input.MaxKeys);
  const { ContinuationToken: token, Prefix: prefix = "", Delimiter: delimiter, StartAfter: startAfter } = input;
  const after = token === undefined ? startAfter : keyOfToken(token);
  const page = listPage(walkOf(store.objects, bucket.name, prefix), {
    bucket: bucket.name,
    prefix,
    delimiter,
    after,
    max,
  });
  const owned = input.FetchOwner === true ? bucket : undefined;
  const attributes = input.OptionalObjectAttributes;
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    ...(delimiter === undefined || delimiter === "" ? {} : { Delimiter: encode(delimiter) }),
    MaxKeys: max,
    ...(input.EncodingType === undefined || input.EncodingType === "" ? {} : { EncodingType: input.EncodingType }),
    KeyCount: page.entries.length + page.prefixes.length,
    ...(token === undefined ? {} : { ContinuationToken: token }),
    ...(startAfter === undefined || token !== undefined ? {} : { StartAfter: encode(startAfter) }),
    IsTruncated: page.truncated,
    ...(page.truncated && page.last !== undefined ? { NextContinuationToken: tokenOf(page.last) } : {}),
    Contents: page.entries.map((object) => listedObject(object, encode, { bucket: owned, attributes })),
    CommonPrefixes: page.prefixes.map((each) => ({ Prefix: encode(each) })),
  };
});
