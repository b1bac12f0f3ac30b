// Token buckets on the world's clock.

import type { MethodSetting, ThrottleSettings } from "../../../models/apigateway.d.ts";
import { unescapeSegment } from "./patch.ts";
import type { Bucket } from "./memory.ts";
import type { StageRow } from "../store.ts";

/** Takes a token, or says there is none. `rateLimit` is tokens a second, `burstLimit` what the bucket holds. */
export function take(buckets: Map<string, Bucket>, name: string, limits: ThrottleSettings, now: number): boolean {
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

/** A stage's settings for a method: its own, else those for all. `place` names whose they are. */
export function methodSetting(
  { methodSettings = {} }: StageRow,
  path: string,
  httpMethod: string,
): { readonly place: string; readonly setting: MethodSetting } | undefined {
  for (const [place, setting] of Object.entries(methodSettings)) {
    const at = place.lastIndexOf("/");
    const resource = unescapeSegment(place.slice(0, at));
    const named = resource === path || `/${resource}` === path || (resource === "" && path === "/");
    if (named && place.slice(at + 1) === httpMethod) return { place, setting };
  }
  const all = methodSettings["*/*"];
  return all === undefined ? undefined : { place: "*/*", setting: all };
}
