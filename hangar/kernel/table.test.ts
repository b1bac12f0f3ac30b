// A table against a plain Map and a sorted array: whatever is written, forked and asked for, both say the same.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteKey, compositeKey, Table, textOfKey, type Range } from "./table.ts";

type Pair = { readonly table: Table<number>; readonly model: Map<string, number> };

type Step =
  | { readonly kind: "put" | "delete"; readonly key: string }
  | { readonly kind: "fill" | "drain"; readonly from: number; readonly count: number; readonly stride: number }
  | { readonly kind: "fork" | "switch" | "clear"; readonly to: number };

const key = fc.oneof(
  fc.integer({ min: 0, max: 3000 }).map((value) => String(value).padStart(4, "0")),
  fc.string({ unit: "binary", maxLength: 3 }),
  fc.constantFrom("", "\u0000", "\uffff", "\uffff\uffff", "a\uffff"),
);

const bulk = fc.record({
  kind: fc.constantFrom("fill" as const, "drain" as const),
  from: fc.integer({ min: 0, max: 3000 }),
  count: fc.integer({ min: 1, max: 400 }),
  stride: fc.constantFrom(1, -1, 7),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom("put" as const, "delete" as const), key }) },
  { weight: 4, arbitrary: bulk },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("fork" as const, "switch" as const), to: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("clear" as const), to: fc.constant(0) }) },
);

const bound = fc.option(key, { nil: undefined });
const range = fc
  .record({ from: bound, after: bound, to: bound, prefix: bound, reverse: fc.option(fc.boolean(), { nil: undefined }) })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Range);

function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function expected(model: ReadonlyMap<string, number>, asked: Range): [string, number][] {
  const rows = [...model]
    .filter(([name]) => asked.from === undefined || name >= asked.from)
    .filter(([name]) => asked.after === undefined || name > asked.after)
    .filter(([name]) => asked.to === undefined || name < asked.to)
    .filter(([name]) => asked.prefix === undefined || name.startsWith(asked.prefix))
    .toSorted(([left], [right]) => order(left, right));
  return asked.reverse === true ? rows.toReversed() : rows;
}

let value = 0;

function put({ table, model }: Pair, name: string): void {
  value += 1;
  expect(table.put(name, value)).toBe(model.get(name));
  model.set(name, value);
}

function remove({ table, model }: Pair, name: string): void {
  expect(table.delete(name)).toBe(model.get(name));
  model.delete(name);
}

/** Answers the pair that later steps work on. */
function take(pairs: Pair[], current: Pair, taken: Step): Pair {
  if (taken.kind === "put") put(current, taken.key);
  else if (taken.kind === "delete") remove(current, taken.key);
  else if (taken.kind === "fill" || taken.kind === "drain") {
    for (let index = 0; index < taken.count; index += 1) {
      const name = String((taken.from + index * taken.stride + 6000) % 3000).padStart(4, "0");
      if (taken.kind === "fill") put(current, name);
      else remove(current, name);
    }
  } else if (taken.kind === "fork") {
    pairs.push({ table: current.table.fork(), model: new Map(current.model) });
  } else if (taken.kind === "clear") {
    current.table.clear();
    current.model.clear();
  } else if (taken.kind === "switch") return pairs[taken.to % pairs.length] ?? current;
  return current;
}

describe("a table", () => {
  test("and all its forks hold what a map and a sorted array would, in every range and both directions", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.array(range, { maxLength: 8 }), (steps, ranges) => {
        let current: Pair = { table: new Table<number>(), model: new Map() };
        const pairs = [current];
        for (const taken of steps) current = take(pairs, current, taken);
        for (const { table, model } of pairs) {
          expect(table.size).toBe(model.size);
          for (const [name, row] of model) expect(table.get(name)).toBe(row);
          for (const asked of [{}, { reverse: true }, ...ranges]) {
            const rows = expected(model, asked);
            expect([...table.range(asked)]).toEqual(rows);
            expect(table.first(asked)).toEqual(rows[0]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("tells its listener enough to build another of the same rows", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const pair: Pair = { table: new Table<number>(), model: new Map() };
        const copy = new Table<number>();
        pair.table.listen((name, row) => (row === undefined ? copy.delete(name) : copy.put(name, row)));
        for (const taken of steps) take([pair], pair, taken);
        expect([...copy.range()]).toEqual([...pair.table.range()]);
      }),
    );
  });

  test("scanned while it is written gives the rows as they were when the scan began", () => {
    const table = new Table<number>();
    for (let index = 0; index < 300; index += 1) table.put(String(index).padStart(3, "0"), index);
    const seen: number[] = [];
    for (const [name, row] of table.range()) {
      seen.push(row);
      table.delete(name);
      table.put(`${name}+`, -1);
    }
    expect(seen).toEqual(Array.from({ length: 300 }, (_, index) => index));
    expect(table.size).toBe(300);
    expect(table.first()).toEqual(["000+", -1]);
  });

  test("forks without copying: a million rows in less time than a thousand of them take to read", () => {
    const table = new Table<number>();
    for (let index = 0; index < 1_000_000; index += 1) table.put(String(index).padStart(7, "0"), index);
    const started = performance.now();
    const forks = Array.from({ length: 1000 }, () => table.fork());
    for (const fork of forks) fork.put("0500000", -1);
    const elapsed = performance.now() - started;
    expect(forks.every((fork) => fork.get("0500000") === -1)).toBe(true);
    expect(table.get("0500000")).toBe(500_000);
    // A copy of the table costs some 10 ms: a thousand of them, 10 s.
    expect(elapsed).toBeLessThan(1000);
  });
});

describe("keys", () => {
  test("byteKey sorts as the UTF-8 bytes of its text do, and textOfKey undoes it", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(Math.sign(order(byteKey(left), byteKey(right)))).toBe(
          Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right))),
        );
        expect(textOfKey(byteKey(left))).toBe(left);
      }),
    );
  });

  test("rows of one leading part stand together and sort by the next", () => {
    const rows = [compositeKey("a", "b"), compositeKey("a", "a"), compositeKey("ab", "a"), compositeKey("a")];
    expect(rows.toSorted(order)).toEqual([
      compositeKey("a"),
      compositeKey("a", "a"),
      compositeKey("a", "b"),
      compositeKey("ab", "a"),
    ]);
  });
});
