// What serving requests remembers per world, outside the tables: throttles, the decisions of authorizers, and cached answers.

import type { World } from "../../../cloud/world.ts";
import type { Bucket } from "../../../kernel/token-bucket.ts";

export type CachedDecision = { readonly until: number; readonly outcome: unknown };

/** A stage's: its size in bytes, and what of it is used. */
export type StageCache = {
  readonly room: number;
  used: number;
  readonly answers: Map<string, { readonly answer: unknown; readonly until: number; readonly bytes: number }>;
};

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

/** By API, stage, and whether it is the canary's own. */
export function responseCaches(world: World): Map<string, StageCache> {
  return attached(world, "responses");
}

/** A stage has no cache any more, or an empty one. */
export function forgetAnswers(world: World, apiId: string, stageName: string): void {
  const caches = responseCaches(world);
  for (const own of ["", "canary"]) caches.delete(cachePlace(apiId, stageName, own));
}

export function cachePlace(apiId: string, stageName: string, own: string): string {
  return `${apiId}/${stageName}/${own}`;
}

export function buckets(world: World): Map<string, Bucket> {
  return attached(world, "buckets");
}
