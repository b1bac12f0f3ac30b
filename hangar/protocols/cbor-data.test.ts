// CBOR against the examples of RFC 8949, Appendix A.

import { describe, expect, test } from "vitest";
import { decodeCbor, encodeCbor } from "./cbor-data.ts";

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const hex = (value: unknown): string => Buffer.from(encodeCbor(value)).toString("hex");

const bothWays: readonly (readonly [unknown, string])[] = [
  [0, "00"],
  [23, "17"],
  [24, "1818"],
  [1000, "1903e8"],
  [1_000_000, "1a000f4240"],
  [1_000_000_000_000, "1b000000e8d4a51000"],
  [18446744073709551615n, "1bffffffffffffffff"],
  [18446744073709551616n, "c249010000000000000000"],
  [-18446744073709551616n, "3bffffffffffffffff"],
  [-18446744073709551617n, "c349010000000000000000"],
  [-1, "20"],
  [-1000, "3903e7"],
  [1.1, "fb3ff199999999999a"],
  [false, "f4"],
  [true, "f5"],
  [null, "f6"],
  [new Date(1_363_896_240_500), "c1fb41d452d9ec200000"],
  [bytes("01020304"), "4401020304"],
  ["", "60"],
  ["IETF", "6449455446"],
  ["ü", "62c3bc"],
  ["\u{10151}", "64f0908591"],
  [[1, [2, 3], [4, 5]], "8301820203820405"],
  [{ a: 1, b: [2, 3] }, "a26161016162820203"],
];

const decodedOnly: readonly (readonly [unknown, string])[] = [
  [0, "1b0000000000000000"],
  [1.5, "f93e00"],
  [5.960464477539063e-8, "f90001"],
  [-4, "f9c400"],
  [Infinity, "f97c00"],
  [100000, "fa47c35000"],
  [-Infinity, "faff800000"],
  [undefined, "f7"],
  ["273.15", "c48221196ab3"],
  [bytes("0102030405"), "5f42010243030405ff"],
  ["streaming", "7f657374726561646d696e67ff"],
  [[], "9fff"],
  [[1, [2, 3], [4, 5]], "9f018202039f0405ffff"],
  [{ a: 1, b: [2, 3] }, "bf61610161629f0203ffff"],
  ["http://www.example.com", "d82076687474703a2f2f7777772e6578616d706c652e636f6d"],
];

describe("CBOR of RFC 8949", () => {
  test.each(bothWays)("%o is %s", (value, written) => {
    expect(hex(value)).toBe(written);
    expect(decodeCbor(bytes(written))).toEqual(value);
  });

  test.each(decodedOnly)("%o is read from %s", (value, written) => {
    expect(decodeCbor(bytes(written))).toEqual(value);
  });

  test.each([
    "",
    "18",
    "1903",
    "62c3",
    "820",
    "8201",
    "a1",
    "a16161",
    "ff",
    "9f01",
    "0000",
    "fc",
    "1c",
    "a10102",
    "9b00ffffffffffffff",
  ])("%s is no CBOR value", (written) => {
    expect(() => decodeCbor(bytes(written))).toThrow();
  });

  test("values longer than the first buffer arrive whole", () => {
    const long = {
      text: "ü".repeat(70_000),
      bytes: new Uint8Array(70_000).fill(7),
      list: Array.from({ length: 300 }, (_, n) => n),
    };
    expect(decodeCbor(encodeCbor(long))).toEqual(long);
  });

  test("a member without a value is left out, and a name cannot reach the prototype", () => {
    expect(hex({ a: undefined, b: 1 })).toBe("a1616201");
    const read = decodeCbor(bytes("a1695f5f70726f746f5f5fa0")) as object;
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.keys(read)).toEqual(["__proto__"]);
  });
});

test.each([
  ["arrays", [0x81]],
  ["open arrays", [0x9f]],
  ["maps", [0xa1, 0x61, 0x6e]],
  ["open maps", [0xbf, 0x61, 0x6e]],
  ["tags", [0xc6]],
])("%s nested without end are refused long before a stack runs out", (_, part) => {
  expect(() => decodeCbor(Buffer.alloc(5_000_000, Buffer.from(part)))).toThrow("CBOR nested too deeply");
});
