// Work runs in order of time and arrival, on one clock; forks and restarts carry what is not done.

import { afterEach, describe, expect, test } from "vitest";
import { bench, endBenches, scope, START, turn } from "./test-scheduler.ts";

afterEach(endBenches);

describe("work", () => {
  test("runs in order of time, then of arrival, each instant finished before the next", async () => {
    const { scheduler, clock, ran } = bench(async (work, { ran: log }) => {
      await turn(1);
      log.push(`${work.kind} done`);
    });
    scheduler.at(START + 20, "c", null, scope);
    scheduler.at(START + 10, "a", null, scope);
    scheduler.at(START + 10, "b", null, scope);
    await scheduler.advanceTo(START + 15);
    expect(ran).toEqual(["10 a", "10 b", "a done", "b done"]);
    expect(clock.now()).toBe(START + 15);
    await scheduler.advanceTo(START + 20);
    expect(ran.slice(4)).toEqual(["20 c", "c done"]);
  });

  test("that makes more work within the time passed through has it run at its own time", async () => {
    const { scheduler, ran } = bench((work, { scheduler: own, clock }) => {
      if (work.kind === "tick") own.at(clock.now() + 60_000, "tick", null, scope);
    });
    scheduler.at(START + 60_000, "tick", null, scope);
    await scheduler.advanceTo(START + 200_000);
    expect(ran).toEqual(["60000 tick", "120000 tick", "180000 tick"]);
  });

  test("with a time between two milliseconds never runs early", async () => {
    const { scheduler, ran } = bench();
    scheduler.at(START + 10.5, "a", null, scope);
    await scheduler.advanceTo(START + 10);
    expect(ran).toEqual([]);
    await scheduler.advanceTo(START + 11);
    expect(ran).toEqual(["11 a"]);
  });

  test("does not run when it is cancelled", async () => {
    const { scheduler, ran } = bench();
    const id = scheduler.at(START + 10, "a", null, scope);
    expect(scheduler.cancel(id)).toBe(true);
    expect(scheduler.cancel(id)).toBe(false);
    await scheduler.advanceTo(START + 100);
    expect(ran).toEqual([]);
  });

  test("due now runs without anybody asking", async () => {
    const { scheduler, ran } = bench();
    scheduler.at(START, "a", null, scope);
    await turn();
    expect(ran).toEqual(["0 a"]);
  });

  test("waits on a held clock and runs when the clock is released", async () => {
    const { scheduler, clock, ran } = bench();
    clock.release();
    scheduler.at(clock.now() + 20, "a", null, scope);
    clock.hold();
    await turn(40);
    expect(ran).toEqual([]);
    clock.release();
    await turn(40);
    expect(ran).toHaveLength(1);
  });

  test("does not run after the end of the world", async () => {
    const { scheduler, ran } = bench();
    scheduler.at(START, "a", null, scope);
    scheduler.stop();
    await turn();
    expect(ran).toEqual([]);
  });
});

describe("settled", () => {
  test("waits for work that runs and for the work it makes", async () => {
    const { scheduler, ran } = bench(async (work, { scheduler: own, clock }) => {
      await turn(2);
      if (work.kind !== "c") own.at(clock.now(), work.kind === "a" ? "b" : "c", null, scope);
    });
    scheduler.at(START, "a", null, scope);
    await scheduler.settled();
    expect(ran).toEqual(["0 a", "0 b", "0 c"]);
    expect(scheduler.running).toEqual([]);
  });

  test("does not wait for work of a later time", async () => {
    const { scheduler, ran } = bench();
    scheduler.at(START + 1, "a", null, scope);
    await scheduler.settled();
    expect(ran).toEqual([]);
  });

  test("says what is stuck when it has waited long enough", async () => {
    const { scheduler } = bench(() => new Promise(() => undefined));
    scheduler.at(START, "lambda.invoke", { name: "f" }, scope);
    await expect(scheduler.settled(10)).rejects.toThrow(
      'Not settled after 10 ms. Running: lambda.invoke {"name":"f"}. Due: nothing.',
    );
  });

  test("ends with the world", async () => {
    const { scheduler } = bench(() => new Promise(() => undefined));
    scheduler.at(START, "a", null, scope);
    const settled = scheduler.settled();
    scheduler.stop();
    await settled;
  });
});

describe("topics", () => {
  const subscription = { topic: "queue", name: "poller", kind: "poll", data: null, ...scope };

  test("a wake runs each subscription once, however often it comes before it runs", async () => {
    const { scheduler, ran } = bench();
    scheduler.subscribe(subscription);
    scheduler.wake("queue");
    scheduler.wake("queue");
    scheduler.wake("queues");
    await scheduler.settled();
    expect(ran).toEqual(["0 poll"]);
    scheduler.wake("queue");
    await scheduler.settled();
    expect(ran).toEqual(["0 poll", "0 poll"]);
    scheduler.unsubscribe("queue", "poller");
    scheduler.wake("queue");
    await scheduler.settled();
    expect(ran).toHaveLength(2);
  });

  test("a wake for later gives way to one for sooner, not the other way round", async () => {
    const { scheduler, ran } = bench();
    scheduler.subscribe(subscription);
    scheduler.wake("queue", START + 50);
    scheduler.wake("queue", START + 20);
    scheduler.wake("queue", START + 90);
    await scheduler.advanceTo(START + 100);
    expect(ran).toEqual(["20 poll"]);
  });

  test("waitFor is true when its topic is woken, false when its time has come or the world ends", async () => {
    const { scheduler } = bench();
    const woken = scheduler.waitFor("queue", START + 1000);
    const other = scheduler.waitFor("other", START + 1000);
    const late = scheduler.waitFor("late", START + 99_000);
    scheduler.wake("queue");
    expect(await woken).toBe(true);
    await scheduler.advanceTo(START + 1000);
    expect(await other).toBe(false);
    scheduler.stop();
    expect(await late).toBe(false);
    expect(await scheduler.waitFor("late", START + 99_000)).toBe(false);
  });

  test("a waiter is woken by a wake for a later time when the clock is moved there", async () => {
    const { scheduler } = bench();
    const waiting = scheduler.waitFor("queue", START + 20_000);
    scheduler.wake("queue", START + 5000);
    await scheduler.advanceTo(START + 6000);
    expect(await waiting).toBe(true);
  });

  test("a waiter sees what the work of its last instant did", async () => {
    const { scheduler } = bench((_work, { scheduler: own }) => own.wake("queue"));
    const waiting = scheduler.waitFor("queue", START + 10);
    scheduler.at(START + 10, "put", null, scope);
    await scheduler.advanceTo(START + 10);
    expect(await waiting).toBe(true);
  });

  test("a waiter on a live clock gives up when its time has come", async () => {
    const { scheduler, clock } = bench();
    clock.release();
    expect(await scheduler.waitFor("queue", clock.now() + 10)).toBe(false);
  });
});

describe("a fork", () => {
  test("carries work and subscriptions, and from then on each runs its own", async () => {
    const parent = bench();
    parent.scheduler.subscribe({ topic: "t", name: "n", kind: "poll", data: null, ...scope });
    parent.scheduler.at(START + 10, "a", null, scope);
    const child = bench(undefined, parent);
    child.scheduler.at(START + 5, "own", null, scope);
    child.scheduler.wake("t", START + 7);
    await child.scheduler.advanceTo(START + 20);
    expect(child.ran).toEqual(["5 own", "7 poll", "10 a"]);
    expect(parent.ran).toEqual([]);
    await parent.scheduler.advanceTo(START + 20);
    expect(parent.ran).toEqual(["10 a"]);
  });

  test("begins work again that was running, as a restart does", async () => {
    const parent = bench(() => new Promise(() => undefined));
    parent.scheduler.at(START, "a", null, scope);
    await turn();
    expect(parent.ran).toEqual(["0 a"]);
    const child = bench(undefined, parent);
    await child.scheduler.settled();
    expect(child.ran).toEqual(["0 a"]);
    expect(child.tables.running.size).toBe(0);
  });
});
