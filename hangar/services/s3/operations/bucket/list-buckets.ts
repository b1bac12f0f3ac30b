// Lists the buckets of an account, in all regions.

import type { ListBucketsInput, ListBucketsOutput } from "../../../../models/s3.d.ts";
import { invalidArgument } from "../../errors.ts";
import { isRegion } from "../../../../kernel/regions.ts";
import { ownerOf } from "../../rules/owners.ts";
import { operation, sharedStore, type Bucket, type Context } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets = operation<ListBucketsInput, ListBucketsOutput>((input, context) => {
  const { Prefix: prefix, BucketRegion: region, MaxBuckets: max = 10_000, ContinuationToken: token } = input;
  if (region !== undefined && !isRegion(region)) {
    throw invalidArgument(`Argument value ${region} is not a valid AWS Region`, "bucket-region");
  }
  if (max < 1 || max > 10_000) {
    const message = "Argument max-buckets must be an integer between 1 and 10000.";
    throw invalidArgument(message, "max-buckets", String(max));
  }
  const after = token === undefined || token === "" ? undefined : Buffer.from(token, "base64").toString("utf8");
  const paged = [prefix, region, input.MaxBuckets, token].some((each) => each !== undefined);
  const buckets: Bucket[] = [];
  let more = false;
  for (const bucket of ownBuckets(context, after)) {
    if (prefix !== undefined && !bucket.name.startsWith(prefix)) continue;
    if (region !== undefined && bucket.region !== region) continue;
    more = buckets.length >= max;
    if (more) break;
    buckets.push(bucket);
  }
  return {
    Buckets: buckets.map((bucket) => ({
      Name: bucket.name,
      CreationDate: new Date(bucket.created),
      // Only who asks for pages or a part is told regions.
      ...(paged ? { BucketRegion: bucket.region } : {}),
      BucketArn: `arn:aws:s3:::${bucket.name}`,
    })),
    Owner: ownerOf(context.account),
    ...(prefix === undefined ? {} : { Prefix: prefix }),
    ...(more ? { ContinuationToken: Buffer.from(buckets.at(-1)?.name ?? "").toString("base64") } : {}),
  };
});

function* ownBuckets(context: Context, after: string | undefined): Generator<Bucket> {
  for (const [name, place] of sharedStore(context).names.range(after === undefined ? {} : { after })) {
    if (place.account !== context.account) continue;
    const bucket = context.storeAt(place.account, place.region).buckets.get(name);
    if (bucket !== undefined) yield bucket;
  }
}
