// Token buckets: what is left, what is earned, what is let through.

import { describe, expect, test } from "vitest";
import { newBucket, refilled, without } from "./token-bucket.ts";

describe("a bucket of 10 units a second", () => {
  test.each<[string, number, number]>([
    ["begins with a second's worth", 0, 10],
    ["earns by the millisecond", 250, 12.5],
    ["keeps what was not used", 100_000, 1010],
    ["keeps no more than five minutes' worth", 1_000_000, 3000],
  ])("%s", (_fact, passed, units) => {
    expect(refilled(newBucket(0, 10), 10, passed)).toEqual({ at: passed, left: units * 1000 });
  });

  test.each<[string, number, number, number | undefined]>([
    ["what there is", 10, 10, 0],
    ["halves", 1, 0.5, 0.5],
    ["not more than there is", 0.5, 1, undefined],
    ["more than a second's units once these are there", 10, 25, -15],
    ["but not before", 9, 25, undefined],
  ])("gives %s", (_fact, left, cost, rest) => {
    const given = without({ at: 0, left: left * 1000 }, 10, cost);
    expect(given?.left).toBe(rest === undefined ? undefined : rest * 1000);
  });

  test("what was taken too much is earned before anything is given", () => {
    const owing = without(newBucket(0, 10), 10, 25) ?? newBucket(0, 0);
    expect(without(refilled(owing, 10, 1500), 10, 1)).toBeUndefined();
    expect(without(refilled(owing, 10, 1600), 10, 1)).toEqual({ at: 1600, left: 0 });
  });
});
