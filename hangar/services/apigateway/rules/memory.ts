// What serving requests remembers per world, outside the tables: throttles and the decisions of authorizers.

import type { World } from "../../../cloud/world.ts";
import type { Bucket } from "../../../kernel/token-bucket.ts";

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
