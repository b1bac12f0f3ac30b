// Seeded ids: the same seed gives the same ids, forks differ, and each has AWS's shape.

import { describe, expect, test } from "vitest";
import { Ids } from "./ids.ts";

describe("ids", () => {
  test("of one seed are the same, of two seeds not", () => {
    const [one, same, other] = [new Ids("a"), new Ids("a"), new Ids("b")];
    const first = Array.from({ length: 5 }, () => one.uuid());
    expect(Array.from({ length: 5 }, () => same.uuid())).toEqual(first);
    expect(Array.from({ length: 5 }, () => other.uuid())).not.toEqual(first);
  });

  test("go on from a kept state", () => {
    const ids = new Ids("a");
    ids.hex(100);
    const copy = new Ids(ids.state);
    expect(copy.hex(32)).toBe(ids.hex(32));
  });

  test("of a fork follow from the parent's state and the fork's name, and leave the parent's alone", () => {
    const [one, same] = [new Ids("a"), new Ids("a")];
    expect(one.fork("x").hex(32)).toBe(same.fork("x").hex(32));
    expect(one.fork("x").hex(32)).not.toBe(one.fork("y").hex(32));
    expect(one.hex(32)).toBe(same.hex(32));
    expect(one.fork("x").hex(32)).not.toBe(new Ids("a").fork("x").hex(32));
  });

  test.each<readonly [string, (ids: Ids) => string, RegExp]>([
    ["uuid", (ids) => ids.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ["hex", (ids) => ids.hex(17), /^[0-9a-f]{17}$/],
    ["upper", (ids) => ids.upper(16), /^[A-Z2-7]{16}$/],
    ["lower", (ids) => ids.lower(10), /^[a-z0-9]{10}$/],
    ["alphanumeric", (ids) => ids.alphanumeric(22), /^[A-Za-z0-9]{22}$/],
  ])("%s", (_name, make, shape) => {
    const ids = new Ids("shapes");
    for (let index = 0; index < 1000; index += 1) expect(make(ids)).toMatch(shape);
  });

  test("do not come twice in a hundred thousand", () => {
    const ids = new Ids("many");
    const seen = new Set(Array.from({ length: 100_000 }, () => ids.hex(17)));
    expect(seen.size).toBe(100_000);
  });

  test("spread evenly: every letter of an alphabet and every byte comes about as often", () => {
    const ids = new Ids("even");
    const counts = Array.from({ length: 256 }, () => 0);
    for (const byte of ids.bytes(256_000)) counts[byte] = (counts[byte] ?? 0) + 1;
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1200);
    const fractions = Array.from({ length: 10_000 }, () => ids.fraction());
    expect(fractions.every((each) => each >= 0 && each < 1)).toBe(true);
  });
});
