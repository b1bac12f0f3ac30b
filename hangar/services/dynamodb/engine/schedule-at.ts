// Work in the account and region of what it is about: a call may change replicas in other regions.

import type { DynamoContext } from "../store.ts";

type Place = { readonly account: string; readonly region: string };

/** Answers the id that `scheduler.cancel` takes. */
export function scheduleAt(
  { world, span }: DynamoContext,
  { account, region }: Place,
  at: number,
  { kind, ...data }: { readonly kind: string; readonly [more: string]: unknown },
): string {
  return world.scheduler.at(at, kind, data, { account, region, cause: span });
}
