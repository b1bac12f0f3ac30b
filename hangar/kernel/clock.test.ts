// A clock is live or held, and never goes backwards.

import { describe, expect, test } from "vitest";
import { Clock, duration, moment, nextSecond } from "./clock.ts";

describe("a clock", () => {
  test("is the host's when nobody touched it", () => {
    const before = Date.now();
    const now = new Clock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  test("held moves only when told, and never back", () => {
    const clock = new Clock({ mode: "held", offset: 0, at: 5000 });
    clock.moveTo(7500);
    clock.moveTo(6000);
    expect([clock.now(), clock.seconds(), clock.date().getTime()]).toEqual([7500, 7, 7500]);
  });

  test("moved while live keeps running from there", () => {
    const clock = new Clock();
    const hour = Date.now() + 3_600_000;
    clock.moveTo(hour);
    expect(clock.now()).toBeGreaterThanOrEqual(hour);
    expect(clock.now()).toBeLessThan(hour + 1000);
    expect(clock.wallClock()).toBeGreaterThanOrEqual(hour);
  });

  test("released goes on from where it was held", () => {
    const clock = new Clock({ mode: "held", offset: 0, at: 5000 });
    clock.release();
    expect(clock.mode).toBe("live");
    expect(clock.now()).toBeGreaterThanOrEqual(5000);
    expect(clock.now()).toBeLessThan(6000);
  });

  test("made of another's state shows the same time", () => {
    const clock = new Clock({ mode: "held", offset: 12, at: 5000 });
    expect(new Clock(clock.state).state).toMatchObject({ mode: "held", offset: 12, at: 5000 });
  });

  test("judges a signed date by the host's time or its own, whichever is nearer", () => {
    const clock = new Clock();
    const host = Date.now();
    clock.moveTo(host + 86_400_000);
    expect(Math.abs(clock.nearest(host - 5000) - host)).toBeLessThan(1000);
    expect(Math.abs(clock.nearest(host + 86_400_000) - host - 86_400_000)).toBeLessThan(1000);
    clock.hold();
    clock.moveTo(host + 172_800_000);
    expect(clock.nearest(host + 172_800_000)).toBe(host + 172_800_000);
  });

  test("knows how much of its time has passed since a date of a client that knows nothing of it", () => {
    const clock = new Clock();
    const host = Date.now();
    clock.moveTo(host + 86_400_000);
    expect(clock.since(host - 10_000)).toBeGreaterThanOrEqual(86_400_000 + 10_000);
    expect(clock.since(Date.now())).toBeLessThan(1000);
    expect(clock.since(host + 86_400_000 - 5000)).toBeLessThan(6000);
    const fork = new Clock(clock.state);
    expect(fork.since(host - 10_000)).toBeGreaterThanOrEqual(86_400_000 + 10_000);
  });

  test("tells when it is held, released or moved", () => {
    const clock = new Clock();
    let told = 0;
    clock.listen(() => (told += 1));
    clock.hold();
    clock.moveTo(clock.now() + 1);
    clock.moveTo(0);
    clock.release();
    expect(told).toBe(3);
  });
});

describe("durations", () => {
  test.each([
    ["15 minutes", 900_000],
    ["1 day", 86_400_000],
    ["250 ms", 250],
    ["1.5 hours", 5_400_000],
    [" 2weeks ", 1_209_600_000],
    [42, 42],
  ])("%s is %d ms", (text, expected) => {
    expect(duration(text)).toBe(expected);
  });

  test.each(["", "minutes", "-1 minute", "1 fortnight", "1 minute ago", "15"])("%j is none", (text) => {
    expect(() => duration(text)).toThrow(`Not a duration: "${text}". Write e.g. "15 minutes".`);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1])("%d is none", (value) => {
    expect(() => duration(value)).toThrow("Not a duration");
  });
});

describe("dates", () => {
  test.each([
    ["2030-01-31T12:00:00Z", 1_896_091_200_000],
    ["2030-01-31T13:00:00.250+01:00", 1_896_091_200_250],
    ["2030-01-31", 1_896_048_000_000],
    [new Date(5), 5],
    [1_896_048_000_000, 1_896_048_000_000],
  ])("%s is %d", (date, expected) => {
    expect(moment(date)).toBe(expected);
  });

  // Without a zone it would be the host's.
  test.each(["tomorrow", "", "2030", "2030-13-01", "2030-01-31T12:00:00", "15 minutes", new Date(Number.NaN)])(
    "%s is none",
    (date) => {
      expect(() => moment(date)).toThrow(/^Not a date: ".*"\. Write e\.g\. "2030-01-31T12:00:00Z", or give a Date\.$/);
    },
  );
});

test("the next second is there when it was waited for, however early a timer rings", async () => {
  const ends = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const second = Math.floor(Date.now() / 1000);
      await nextSecond();
      return Math.floor(Date.now() / 1000) - second;
    }),
  );
  expect(Math.min(...ends)).toBeGreaterThanOrEqual(1);
});
