// Waits until a world is at rest, and says what keeps it from that: endless loops, poison messages, consumers that never acknowledge.

import type { Span } from "../kernel/trace.ts";
import { LAGGING_WORK } from "./dynamodb-settings.ts";
import { unsettled } from "./unsettled.ts";
import type { World } from "./world.ts";

/** A function that leads to itself so often, so fast, does not end. (AWS stops most such loops after 16.) */
const LOOPS = 50;
const FAST = 60_000;
/** Enough to name a loop once the time is over. */
const SUSPECT = 3;
const DELIVERIES = 20;
const FARTHEST = 10_000;

/** Resolves when nothing is due and nothing is in flight; throws what is stuck at once where it is sure, else after `within` milliseconds of the host's time. */
export async function settle(world: World, within: number): Promise<void> {
  const counts = new Map<string, number>();
  await watched(
    world,
    (span) => endlessLoop(world, span) ?? endlessDelivery(span, counts),
    async (stuck) => {
      try {
        do await world.scheduler.settled(within, stuck);
        while (hastened(world));
      } catch (error) {
        if (stuck.aborted) throw error;
        throw new Error(`${(error as Error).message}${inFlight(world)}`, { cause: error });
      }
    },
  );
  const reason = await unsettled(world);
  if (reason !== undefined) throw new Error(reason);
}

/** What lags only because it was asked to is done, so that nothing is behind. */
function hastened(world: World): boolean {
  return world.dynamodb.indexLag !== undefined && world.scheduler.hasten(LAGGING_WORK) > 0;
}

/** Moves the clock, once `ready`; a loop that needs no time would keep it from ever arriving. */
export async function settledAt(world: World, time: number, ready: Promise<void>): Promise<void> {
  const counts = new Map<string, number>();
  let instant = world.clock.now();
  const deliveredAgain = (span: Span): string | undefined => {
    // At a later instant it is a retry.
    if (world.clock.stands && span.at !== instant) counts.clear();
    instant = span.at;
    return endlessDelivery(span, counts);
  };
  await watched(
    world,
    (span) => endlessLoop(world, span) ?? deliveredAgain(span),
    async (stuck) => {
      await Promise.all([world.scheduler.settled(undefined, stuck), ready]);
      await world.scheduler.advanceTo(time, stuck);
    },
  );
}

async function watched(
  world: World,
  judge: (span: Span) => string | undefined,
  run: (stuck: AbortSignal) => Promise<void>,
): Promise<void> {
  if (world.gate.closed !== undefined) throw world.gate.closed;
  const stuck = new AbortController();
  const end = world.trace.listen((span) => {
    const reason = span.kind === "invocation" ? judge(span) : undefined;
    if (reason !== undefined && !stuck.signal.aborted) stuck.abort(new Error(reason));
  });
  try {
    await run(stuck.signal);
  } finally {
    end();
  }
}

function endlessLoop(world: World, span: Span): string | undefined {
  const { times, circle } = returns(world, span);
  if (times < LOOPS) return undefined;
  return `Not settled: an endless loop. ${span.name} has led to itself ${times} times: ${circle}.`;
}

/** How often a function led to itself, and by which steps it last did. */
function returns(world: World, span: Span): { readonly times: number; readonly circle: string } {
  const steps = [described(span)];
  let times = 0;
  let circle = "";
  let before = world.trace.at(span.parent);
  for (let step = 0; before !== undefined && step < FARTHEST && span.at - before.at <= FAST; step += 1) {
    if (times === 0) steps.unshift(described(before));
    if (before.kind === "invocation" && before.name === span.name) {
      times += 1;
      if (times === 1) circle = steps.join(" > ");
    }
    before = world.trace.at(before.parent);
  }
  return { times, circle };
}

type Batch = { readonly source: string; readonly ids: readonly string[] };

function endlessDelivery(span: Span, counts: Map<string, number>): string | undefined {
  const batch = span.attributes["batch"] as Batch | undefined;
  for (const id of batch?.ids ?? []) {
    const key = `${span.name} ${id}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count < DELIVERIES) continue;
    const what = `${id} of ${batch?.source ?? ""}`;
    if (span.error === undefined)
      return `Not settled: a consumer that never acknowledges. ${span.name} was given ${what} ${count} times and left it there each time.`;
    return `Not settled: a poison message. ${span.name} failed ${count} times with ${what}, at last with ${span.error.code}: ${span.error.message.slice(0, 300)}. A redrive policy would move it to a dead-letter queue.`;
  }
  return undefined;
}

/** Invocations that have not ended, and loops they may be part of. */
function inFlight(world: World): string {
  const open = world.trace.spans().filter(({ kind, elapsed }) => kind === "invocation" && elapsed === undefined);
  if (open.length === 0) return "";
  const texts = open.map((span) => {
    const { times, circle } = returns(world, span);
    const loop = times < SUSPECT ? "" : `, which led to itself ${times} times: ${circle}`;
    return `${described(span)} (request ${String(span.attributes["requestId"])}${loop})`;
  });
  return ` Invocations that have not ended: ${texts.join(", ")}.`;
}

function described({ name, attributes }: Span): string {
  const batch = attributes["batch"] as Batch | undefined;
  return batch === undefined ? name : `${name} (from ${batch.source})`;
}
