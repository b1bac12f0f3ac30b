// Token buckets on the world's clock.

/** Requests that may still come at once, and when that was reckoned (milliseconds). */
export type Bucket = { tokens: number; at: number };

type Limits = { readonly rateLimit?: number | undefined; readonly burstLimit?: number | undefined };

/** Takes a token, or says there is none. `rateLimit` is tokens a second, `burstLimit` what the bucket holds. */
export function take(buckets: Map<string, Bucket>, name: string, limits: Limits, now: number): boolean {
  const { rateLimit, burstLimit } = limits;
  if (rateLimit === undefined && burstLimit === undefined) return true;
  const size = burstLimit ?? rateLimit ?? 0;
  const rate = rateLimit ?? Number.POSITIVE_INFINITY;
  let bucket = buckets.get(name);
  if (bucket === undefined) {
    bucket = { tokens: size, at: now };
    buckets.set(name, bucket);
  }
  const elapsed = Math.max(0, now - bucket.at);
  bucket.tokens = Math.min(size, bucket.tokens + (elapsed === 0 ? 0 : (elapsed / 1000) * rate));
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}
