// Throughput as DynamoDB keeps it: so many units a second, and what of five minutes was not used. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html

/** `left` is in thousandths of a unit, so that half units and milliseconds are counted exactly. Below zero after a request larger than a second's units. */
export type Bucket = { readonly at: number; readonly left: number };

const BURST_SECONDS = 300;
const THOUSANDTHS = 1000;

/** A second's worth, when it is made. */
export function newBucket(at: number, rate: number): Bucket {
  return { at, left: rate * THOUSANDTHS };
}

export function refilled(bucket: Bucket, rate: number, now: number): Bucket {
  const earned = Math.max(0, now - bucket.at) * rate;
  return { at: now, left: Math.min(rate * BURST_SECONDS * THOUSANDTHS, bucket.left + earned) };
}

/** The bucket without `cost` units; undefined when it has too few. What costs more than a second's units waits for these alone: else it never went through. */
export function without(bucket: Bucket, rate: number, cost: number): Bucket | undefined {
  if (bucket.left < Math.min(cost, rate) * THOUSANDTHS) return undefined;
  return { at: bucket.at, left: bucket.left - cost * THOUSANDTHS };
}
