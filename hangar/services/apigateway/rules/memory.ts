// What serving requests remembers per world, outside the tables: throttles and the decisions of authorizers.

import type { World } from "../../../cloud/world.ts";

/** Requests that may still come at once, and when that was reckoned (milliseconds). */
export type Bucket = { tokens: number; at: number };

export type CachedDecision = { readonly until: number; readonly outcome: unknown };

function attached<Value>(world: World, name: string): Map<string, Value> {
  const place = `apigateway.${name}`;
  let found = world.attachments.get(place) as Map<string, Value> | undefined;
  if (found === undefined) {
    found = new Map();
    world.attachments.set(place, found);
  }
  return found;
}

export function authorizerCache(world: World): Map<string, CachedDecision> {
  return attached(world, "decisions");
}

export function buckets(world: World): Map<string, Bucket> {
  return attached(world, "buckets");
}
