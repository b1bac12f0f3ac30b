// Item collections: where they begin, what fits into them, what is said of their size.

import { describe, expect, test } from "vitest";
import { collectionOf, estimate, fits } from "./item-collection.ts";
import { partitionPrefix, sortBytes } from "./key-bytes.ts";

describe("a collection", () => {
  test.each([[{ S: "a" }], [{ S: "ü".repeat(300) }], [{ N: "-12.5" }], [{ B: new Uint8Array(1024).fill(255) }]])(
    "is what all keys of a partition begin with",
    (partition) => {
      const prefix = partitionPrefix("12345678", partition);
      expect(collectionOf(prefix + sortBytes({ S: "\u0000z" }), { storage: "12345678" })).toBe(prefix);
    },
  );

  test.each<[number, number, boolean]>([
    [90, 10, true],
    [90, 11, false],
    [120, 0, true],
    [120, -5, true],
    [0, 101, false],
  ])("of %i of 100 bytes that grows by %i: %s", (bytes, grows, expected) => {
    expect(fits(bytes, grows, 100)).toBe(expected);
  });

  test("holds 10 GB", () => {
    expect([fits(10 * 1024 ** 3 - 1, 1), fits(10 * 1024 ** 3, 1)]).toEqual([true, false]);
  });

  test.each<[number, [number, number]]>([
    [0, [0, 1]],
    [1024 ** 3 - 1, [0, 1]],
    [1024 ** 3, [1, 2]],
    [9.5 * 1024 ** 3, [9, 10]],
  ])("of %i bytes is estimated %j", (bytes, range) => {
    expect(estimate(bytes)).toEqual(range);
  });
});
