// Every row comes back from its text as it was.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeRow, encodeRow } from "./row-json.ts";

describe("a row", () => {
  test.each<readonly [string, unknown, string]>([
    ["bytes", new Uint8Array([1, 2]), '{"$bytes":"AQI="}'],
    ["a date", new Date(0), '{"$date":0}'],
    ["a big integer", 12345678901234567890n, '{"$bigint":"12345678901234567890"}'],
    ["no number", Number.NaN, '{"$number":"NaN"}'],
    ["infinity", Number.NEGATIVE_INFINITY, '{"$number":"-Infinity"}'],
    ["minus zero", -0, '{"$number":"-0"}'],
    ["a member with a dollar", { $bytes: "x", $: 1 }, '{"$$bytes":"x","$$":1}'],
    ["nothing in a structure", { a: undefined, b: null }, '{"b":null}'],
  ])("with %s", (_name, row, text) => {
    expect(encodeRow(row)).toBe(text);
    expect(decodeRow(text)).toEqual(row);
  });

  test("with a member named __proto__ keeps it and no prototype changes", () => {
    const row = JSON.parse('{"__proto__":{"a":1}}') as object;
    const back = decodeRow(encodeRow(row)) as { a?: unknown };
    expect(Object.keys(back)).toEqual(["__proto__"]);
    expect(back.a).toBeUndefined();
  });

  test.each([new Map([["a", 1]]), new Set(["a"])])("that is no plain data is refused", (row) => {
    expect(() => encodeRow({ row })).toThrow("A row holds plain data, not a Map or a Set.");
  });

  test("of any plain data comes back as it was", () => {
    const row = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.string({ unit: "binary" }),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.bigInt(),
        fc.uint8Array(),
        fc.date({ noInvalidDate: true }),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("$date", "$bytes", "__proto__")), tie("value"), {
          maxKeys: 4,
          noNullPrototype: true,
        }),
      ),
    })).value;
    fc.assert(
      fc.property(row, (value) => {
        expect(decodeRow(encodeRow(value))).toEqual(value);
      }),
    );
  });
});
