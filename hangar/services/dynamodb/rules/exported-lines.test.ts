// Items as lines of exports: Ion's numbers, strings and symbols as its own writer gives them.

import { describe, expect, test } from "vitest";
import { ionDecimal, ionItem, jsonItem } from "./exported-lines.ts";

describe("Ion text", () => {
  test.each([
    ["0", "0."],
    ["103", "103."],
    ["600", "6d2"],
    ["2000", "2d3"],
    ["-40", "-4d1"],
    ["1.5", "1.5"],
    ["-17.5", "-17.5"],
    ["0.5", "5d-1"],
    ["0.25", "2.5d-1"],
    ["0.000001", "1d-6"],
    ["10.01", "10.01"],
  ])("writes the number %s as %s", (number, ion) => {
    expect(ionDecimal(number)).toBe(ion);
  });

  test("writes every type", () => {
    expect(
      ionItem({
        s: { S: 'a "b"\n\u0001é' },
        "not a symbol": { N: "1" },
        null: { NULL: true },
        yes: { BOOL: true },
        bytes: { B: new Uint8Array([1, 2]) },
        ss: { SS: ["a", "b"] },
        ns: { NS: ["1", "20"] },
        bs: { BS: [new Uint8Array([1])] },
        list: { L: [{ S: "x" }, { M: { "it's": { S: "'" } } }] },
      }),
    ).toBe(
      `{s:"a \\"b\\"\\n\\x01é",'not a symbol':1.,'null':null,yes:true,bytes:{{AQI=}},ss:$dynamodb_SS::["a","b"],ns:$dynamodb_NS::[1.,2d1],bs:$dynamodb_BS::[{{AQ==}}],list:["x",{'it\\'s':"'"}]}`,
    );
  });
});

test("DynamoDB's JSON has bytes as base64, however deep", () => {
  expect(
    JSON.parse(jsonItem({ a: { L: [{ B: Buffer.from("x") }] }, b: { BS: [Buffer.from("y")] }, c: { M: {} } })),
  ).toEqual({ a: { L: [{ B: "eA==" }] }, b: { BS: ["eQ=="] }, c: { M: {} } });
});
