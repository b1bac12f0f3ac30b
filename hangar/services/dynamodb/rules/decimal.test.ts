// Numbers: their stored form, their arithmetic and their size.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addNumbers, compareNumbers, normalNumber, numberSize } from "./decimal.ts";

describe("stored form", () => {
  test.each([
    ["0042.1200", "42.12"],
    ["-0", "0"],
    ["+5", "5"],
    ["1e3", "1000"],
    ["1.5E-3", "0.0015"],
    ["-.5", "-0.5"],
    ["1E125", `1${"0".repeat(125)}`],
    ["100", "100"],
    ["99999999999999999999999999999999999999", "99999999999999999999999999999999999999"],
  ])("%s is kept as %s", (written, kept) => {
    expect(normalNumber(written)).toBe(kept);
  });

  test.each(["", ".", "1e", "abc", "0x1", "1_000", " 1", "NaN", "Infinity"])("%j is no number", (written) => {
    expect(() => normalNumber(written)).toThrow("The parameter cannot be converted to a numeric value");
  });

  test("what is stored is its own stored form", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
        fc.integer({ min: -90, max: 80 }),
        (digits, exponent) => {
          const kept = normalNumber(`${digits}e${exponent}`);
          expect(normalNumber(kept)).toBe(kept);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("arithmetic", () => {
  test("sums are exact", () => {
    expect(addNumbers("0.1", "0.2")).toBe("0.3");
    expect(addNumbers("12345678901234567890", "-0.00000001")).toBe("12345678901234567889.99999999");
    expect(addNumbers("999999999999999", "1")).toBe("1000000000000000");
    expect(addNumbers("1.5", "1.5", true)).toBe("0");
  });

  test("sums are those of integers, whatever the scale", () => {
    const integer = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
    fc.assert(
      fc.property(integer, integer, fc.integer({ min: -20, max: 20 }), fc.boolean(), (a, b, exponent, subtract) => {
        const sum = subtract ? a - b : a + b;
        expect(addNumbers(normalNumber(`${a}e${exponent}`), normalNumber(`${b}e${exponent}`), subtract)).toBe(
          normalNumber(`${sum}e${exponent}`),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("numbers compare as integers do, whatever the scale", () => {
    const integer = fc.oneof(
      fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
      fc.bigInt({ min: -20n, max: 20n }),
    );
    fc.assert(
      fc.property(integer, integer, fc.integer({ min: -80, max: 80 }), (a, b, exponent) => {
        const by = compareNumbers(normalNumber(`${a}e${exponent}`), normalNumber(`${b}e${exponent}`));
        expect(Math.sign(by)).toBe(a < b ? -1 : Number(a > b));
      }),
      { numRuns: 500 },
    );
  });

  test("a sum of more than 38 digits is refused", () => {
    expect(() => addNumbers("1e30".replace("e30", "0".repeat(30)), normalNumber("1e-30"))).toThrow(
      "Attempting to store more than 38 significant digits in a Number",
    );
  });
});

describe("size", () => {
  // Measured on AWS to the byte by others: digits pair up from the decimal point outwards.
  test.each([
    ["0", 1],
    ["1", 2],
    ["-1", 3],
    ["12", 2],
    ["100", 2],
    ["123456", 4],
    ["3.14159", 5],
    ["0.5", 2],
    ["-99.5", 4],
    [normalNumber("1E125"), 2],
  ])("%s takes %i bytes", (number, size) => {
    expect(numberSize(number)).toBe(size);
  });
});
