// What serving requests remembers per world, outside the tables: throttles, decisions of authorizers, keys of issuers.

import type { World } from "../../../cloud/world.ts";
import type { Bucket } from "../../../kernel/token-bucket.ts";

export type Kept = { readonly until: number; readonly value: unknown };

function attached<Value>(world: World, name: string): Map<string, Value> {
  const place = `apigatewayv2.${name}`;
  let found = world.attachments.get(place) as Map<string, Value> | undefined;
  if (found === undefined) {
    found = new Map();
    world.attachments.set(place, found);
  }
  return found;
}

export function authorizerCache(world: World): Map<string, Kept> {
  return attached(world, "decisions");
}

export function issuerCache(world: World): Map<string, Kept> {
  return attached(world, "issuers");
}

export function buckets(world: World): Map<string, Bucket> {
  return attached(world, "buckets");
}
