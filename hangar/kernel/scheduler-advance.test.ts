// A clock that is advanced stands at each instant until all that happens there is done.

import { afterEach, expect, test } from "vitest";
import { bench, endBenches, scope, START, turn } from "./test-scheduler.ts";

afterEach(endBenches);

test("an advanced clock stands at each instant until that instant's work is done, though it is live", async () => {
  const { scheduler, clock, ran } = bench(async (work, { ran: log }) => {
    await turn(30);
    log.push(`${clock.now() - START} ${work.kind} done`);
  });
  clock.release();
  const start = clock.now();
  scheduler.at(start + 1000, "a", null, scope);
  scheduler.at(start + 1010, "b", null, scope);
  await scheduler.advanceTo(start + 2000);
  const [a, aDone, b, bDone] = ran.map((line) => [Number.parseInt(line, 10) - (start - START), line.slice(-1)]);
  expect([a, b]).toEqual([
    [1000, "a"],
    [1010, "b"],
  ]);
  expect([aDone, bDone]).toEqual([
    [1000, "e"],
    [1010, "e"],
  ]);
  expect(clock.mode).toBe("live");
  expect(clock.now() - start).toBeGreaterThanOrEqual(2000);
  await turn(10);
  expect(clock.now() - start).toBeGreaterThanOrEqual(2005);
});

test("an advanced clock wakes those who wait for a time at that time, before later work", async () => {
  const { scheduler, clock, ran } = bench((_work, { scheduler: own }) => own.wake("queue"));
  const waiting = scheduler
    .waitFor("queue", START + 20)
    .then((woken) => ran.push(`${clock.now() - START} waited: ${woken}`));
  scheduler.at(START + 60, "put", null, scope);
  await scheduler.advanceTo(START + 100);
  await waiting;
  expect(ran).toEqual(["20 waited: false", "60 put"]);
});

test("an advanced clock goes on by the host's time for work that waits for a time", async () => {
  const { scheduler, clock, ran } = bench(async (work, { scheduler: own, ran: log }) => {
    if (work.kind !== "poll") return;
    await own.waitFor("queue", clock.now() + 20);
    log.push(`${clock.now() - START} polled`);
  });
  scheduler.at(START + 10, "poll", null, scope);
  scheduler.at(START + 60, "later", null, scope);
  await scheduler.advanceTo(START + 100);
  expect(ran).toEqual(["10 poll", "30 polled", "60 later"]);
  expect(clock.mode).toBe("held");
});

test("an advanced clock is let go when its world ends on the way", async () => {
  const { scheduler, ran } = bench((_work, { scheduler: own }) => own.stop());
  scheduler.at(START + 10, "end", null, scope);
  scheduler.at(START + 20, "late", null, scope);
  await scheduler.advanceTo(START + 100);
  expect(ran).toEqual(["10 end"]);
});
