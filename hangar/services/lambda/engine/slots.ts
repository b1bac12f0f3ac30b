// How many invocations run at once: provisioned first, then what a function has reserved or the account has left.

import { tooManyRequests } from "../errors.ts";
import { versionAt } from "../rules/find.ts";
import { functionArn } from "../rules/function-name.ts";
import type { LambdaContext } from "../store.ts";
import type { Run } from "./run-function.ts";

const ACCOUNT_LIMIT = 1000;
const IN_FLIGHT = "lambda.in-flight";

/** `release` gives it back. */
export type Slot = { readonly provisioned: boolean; readonly release: () => void };

/** Throws when there is none. */
export function takeSlot(context: LambdaContext, run: Run): Slot {
  const counts = countsOf(context);
  const arn = functionArn(run.place, run.row.name);
  const ready = readyOf(context, run);
  const version = `${arn}:${run.version.version}`;
  const own = ready.get(run.version.version) ?? 0;
  if (own > 0 && (counts.get(version) ?? 0) < own) return take(context, counts, [version], true);
  const account = `${run.place.account}/${run.place.region}`;
  const reserved = run.row.reservedConcurrency;
  let left = reserved ?? 0;
  for (const provisioned of ready.values()) left -= provisioned;
  if (reserved !== undefined && (counts.get(arn) ?? 0) >= left)
    throw tooManyRequests("ReservedFunctionConcurrentInvocationLimitExceeded");
  if (reserved === undefined && (counts.get(account) ?? 0) >= ACCOUNT_LIMIT)
    throw tooManyRequests("ConcurrentInvocationLimitExceeded");
  return take(context, counts, [arn, account], false);
}

const NONE: ReadonlyMap<string, number> = new Map();

/** Of each version, what is provisioned and ready. */
function readyOf(context: LambdaContext, { row, place }: Run): ReadonlyMap<string, number> {
  const store = context.storeAt(place.account, place.region);
  if (store.provisioned.size === 0) return NONE;
  const ready = new Map<string, number>();
  for (const each of store.provisioned.rows({ prefix: `${row.name}:` })) {
    const version = versionAt(store, row.name, each.qualifier)?.version.version;
    if (version !== undefined && each.ready > 0) ready.set(version, each.ready);
  }
  return ready;
}

function countsOf({ world }: LambdaContext): Map<string, number> {
  let counts = world.attachments.get(IN_FLIGHT) as Map<string, number> | undefined;
  if (counts === undefined) {
    counts = new Map();
    world.attachments.set(IN_FLIGHT, counts);
  }
  return counts;
}

function take(
  { world }: LambdaContext,
  counts: Map<string, number>,
  keys: readonly string[],
  provisioned: boolean,
): Slot {
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const { invocations } = world;
  invocations.running += 1;
  const release = (): void => {
    invocations.running -= 1;
    invocations.endedAt = Date.now();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 1) - 1);
  };
  return { provisioned, release };
}
