// The order of keys, against a naive model.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttributeValue } from "./attribute-value.ts";
import { compareValues } from "./compare-values.ts";
import { compareNumbers, normalNumber } from "./decimal.ts";
import { keyBytes, partitionPrefix, segmentRange, sortBytes, sortRange, type SortOperator } from "./key-bytes.ts";

const text = fc
  .oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: fc.constantFrom("\u0000", "a", "b", "é", "\uffff", "😀") }))
  .filter((each) => each.isWellFormed());
const bytes = fc.uint8Array({ maxLength: 6 });
const number = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 38n - 1n }), fc.integer({ min: -80, max: 80 }))
  .map(([negative, digits, exponent]) => normalNumber(`${negative ? "-" : ""}${digits}e${exponent}`));

/** Numbers as fractions of one large denominator. */
function exact(written: string): bigint {
  const [whole = "", fraction = ""] = written.replace("-", "").split(".");
  const value = BigInt(whole + fraction.padEnd(200, "0"));
  return written.startsWith("-") ? -value : value;
}

const sign = (value: number | bigint): number => (value < 0 ? -1 : value > 0 ? 1 : 0);
const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

describe("keys in code-unit order", () => {
  test("texts stand in the order of their UTF-8 bytes", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const expected = sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(order(sortBytes({ S: a }), sortBytes({ S: b }))).toBe(expected);
        expect(sign(compareValues({ S: a }, { S: b }) ?? Number.NaN)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  test("binaries stand in the order of unsigned bytes", () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(order(sortBytes({ B: a }), sortBytes({ B: b }))).toBe(sign(Buffer.compare(a, b)));
      }),
      { numRuns: 200 },
    );
  });

  test("numbers of 38 digits stand in their order, exactly", () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const expected = sign(exact(a) - exact(b));
        expect(order(sortBytes({ N: a }), sortBytes({ N: b }))).toBe(expected);
        expect(sign(compareNumbers(a, b))).toBe(expected);
      }),
      { numRuns: 500 },
    );
    const near = [
      "-1e125",
      "-100",
      "-99.99",
      "-99",
      "-1.5",
      "-1",
      "-1e-130",
      "0",
      "1e-130",
      "0.1",
      "1",
      "1.5",
      "9.9",
      "10",
      "99",
      "100",
      "1e125",
    ].map(normalNumber);
    expect(near.toSorted((a, b) => order(keyBytes({ N: a }), keyBytes({ N: b })))).toEqual(near);
  });
});

describe("ranges", () => {
  const meets: Readonly<Record<SortOperator, (order: number, high: number, value: string, first: string) => boolean>> =
    {
      "=": (by) => by === 0,
      "<": (by) => by < 0,
      "<=": (by) => by <= 0,
      ">": (by) => by > 0,
      ">=": (by) => by >= 0,
      BETWEEN: (by, high) => by >= 0 && high <= 0,
      begins_with: (_by, _high, value, first) => value.startsWith(first),
    };

  test("a range holds the rows whose sort key meets the condition, and no others", () => {
    const operators = fc.constantFrom<SortOperator[]>(...(Object.keys(meets) as SortOperator[]));
    fc.assert(
      fc.property(operators, fc.tuple(text, text, text), fc.string(), (operator, [value, first, second], rest) => {
        const prefix = partitionPrefix("storage-", { S: "p" });
        const { from, to } = sortRange(prefix, { operator, values: [{ S: first }, { S: second }] });
        const key = prefix + sortBytes({ S: value }) + keyBytes({ S: rest });
        const by = (other: string): number => compareValues({ S: value }, { S: other }) ?? 0;
        expect(key >= from && key < to).toBe(meets[operator](by(first), by(second), value, first));
      }),
      { numRuns: 500 },
    );
  });

  test("every row is in one segment", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 50 }), (value, total) => {
        const key = partitionPrefix("storage-", { S: `x${value}` } satisfies AttributeValue);
        const ranges = Array.from({ length: total }, (_, segment) => segmentRange("storage-", segment, total));
        expect(ranges.filter(({ from, to }) => key >= from && key < to)).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });
});
