// Text of imports: what an item is read from, and what is no item.

import { describe, expect, test } from "vitest";
import { CsvRecords, fieldsOf } from "./csv-records.ts";
import { itemsOfIon } from "./ion-line.ts";
import { itemOfJson } from "./json-line.ts";
import { LineSplitter } from "./split-lines.ts";
import { UnreadableText } from "./unreadable.ts";
import { checkedItem } from "../attribute-value.ts";
import { ionItem, jsonItem } from "../exported-lines.ts";

const everything = {
  s: { S: 'quotes " and \\ and\nlines\u0000 日本 🦑' },
  "an odd 'name'": { N: "-0.00012" },
  __proto__x: { NULL: true },
  big: { N: "12345678901234567890123456789012345678" },
  bytes: { B: new Uint8Array([0, 1, 254, 255]) },
  yes: { BOOL: true },
  no: { BOOL: false },
  ss: { SS: ["a", "$dynamodb_SS::"] },
  ns: { NS: ["1", "2.5", "300"] },
  bs: { BS: [new Uint8Array([1]), new Uint8Array([2, 3])] },
  list: { L: [{ S: "" }, { L: [] }, { M: {} }] },
  map: { M: { deep: { M: { deeper: { L: [{ N: "1" }] } } } } },
};

describe("DynamoDB's JSON", () => {
  test("reads what exports write", () => {
    expect(itemOfJson(`{"Item":${jsonItem(everything)}}`)).toEqual(everything);
  });

  test("a member named __proto__ is a member", () => {
    const item = itemOfJson('{"Item":{"__proto__":{"M":{"polluted":{"S":"x"}}}}}');
    expect(Object.keys(item)).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test.each([
    ['{"Item": '],
    ["[]"],
    ["null"],
    ['{"NotAnItem":{}}'],
    ['{"Item":[]}'],
    ['{"Item":{"a":"text"}}'],
    ['{"Item":{"a":{}}}'],
    ['{"Item":{"a":{"S":"x","N":"1"}}}'],
    ['{"Item":{"a":{"X":"1"}}}'],
    ['{"Item":{"a":{"N":1}}}'],
    ['{"Item":{"a":{"B":"no base64"}}}'],
    ['{"Item":{"a":{"SS":"x"}}}'],
    [`{"Item":{"a":${'{"L":['.repeat(5000)}${"]}".repeat(5000)}}}`],
    ["[".repeat(1_000_000)],
  ])("cannot read %.60s", (line) => {
    expect(() => itemOfJson(line)).toThrow(UnreadableText);
  });
});

describe("Ion text", () => {
  test("reads what exports write", () => {
    const [item] = itemsOfIon(`$ion_1_0 {Item:${ionItem(everything)}}`);
    expect(checkedItem(item ?? {}, { bytes: 0 })).toEqual(everything);
  });

  test.each([
    [
      `$ion_1_0 {Item:{Id:103.,PageCount:6d2,Price:2d3}}`,
      { Id: { N: "103." }, PageCount: { N: "6e2" }, Price: { N: "2e3" } },
    ],
    [
      `{Item:{a:"one", "b":'''long ''' '''text''', 'c d':null.string, e:1_000}}`,
      { a: { S: "one" }, b: { S: "long text" }, "c d": { NULL: true }, e: { N: "1000" } },
    ],
    [`{Item:{a:"\\u00e9\\x41\\U0001F991",b:note::["x"],}}`, { a: { S: "éA🦑" }, b: { L: [{ S: "x" }] } }],
  ])("reads %s", (line, item) => {
    expect(itemsOfIon(line)).toEqual([item]);
  });

  test("a list of items holds them all", () => {
    expect(itemsOfIon(`$ion_1_0 [{Item:{a:1}},{Item:{a:2}}]`)).toEqual([{ a: { N: "1" } }, { a: { N: "2" } }]);
  });

  test.each([
    ["{"],
    ["{Item:{a:}}"],
    ["{Item:{a:1 b:2}}"],
    ["{Item:{a:2020-01-01T}}"],
    ["{Item:{a:symbol}}"],
    ["{Item:{a:{{no}}}}"],
    [`{Item:{a:"open}}`],
    [`{Item:{a:"\\q"}}`],
    ['{Item:{a:$dynamodb_NS::["x"]}}'],
    ["{Other:{}}"],
    [`{Item:{a:${"[".repeat(100_000)}`],
    ["\u0000\u00ea"],
  ])("cannot read %.60s", (line) => {
    expect(() => itemsOfIon(line)).toThrow(UnreadableText);
  });
});

describe("CSV", () => {
  test.each([
    ["a,b,c", ["a", "b", "c"]],
    ['"a","b ""quoted""",', ["a", 'b "quoted"', ""]],
    ['"a,b",c', ["a,b", "c"]],
    ["", [""]],
  ])("the row %s has the fields %j", (row, fields) => {
    expect(fieldsOf(row, ",")).toEqual(fields);
  });

  const items = (lines: readonly string[], header?: readonly string[]) => {
    const records = new CsvRecords({ delimiter: ";", header, types: new Map([["id", "N"]]) });
    const taken = lines.flatMap((line) => records.take(line) ?? []);
    records.end();
    return taken;
  };

  test("the first row is the header, keys have their type, empty cells are no attributes", () => {
    expect(items(["id;name;none", "1;x;", "", '2;"two', '";lines'])).toEqual([
      { id: { N: "1" }, name: { S: "x" } },
      { id: { N: "2" }, name: { S: "two\n" }, none: { S: "lines" } },
    ]);
  });

  test("with a header of its own the first row is an item", () => {
    expect(items(["1;x"], ["id", "v"])).toEqual([{ id: { N: "1" }, v: { S: "x" } }]);
  });

  test.each([[["id;v", "1"]], [["id;v", '1;a"b']], [["id;v", '1;"open']], [["id;v", '1;"a"b']]])(
    "cannot read %j",
    (lines) => {
      expect(() => items(lines)).toThrow(UnreadableText);
    },
  );

  test("a quote that never ends takes no more time than its length", () => {
    const records = new CsvRecords({ delimiter: ",", header: ["a"], types: new Map() });
    expect(() => {
      records.take('"');
      for (let line = 0; line < 3_000_000; line += 1) records.take("x");
    }).toThrow(UnreadableText);
  });
});

describe("lines", () => {
  const split = (chunks: readonly string[], blanks = false) => {
    const lines = new LineSplitter(blanks);
    return [...chunks.flatMap((chunk) => [...lines.take(Buffer.from(chunk))]), ...lines.end()];
  };

  test.each([
    [
      ["a\nb", "c\r\n", "\n\n", "d"],
      ["a", "bc", "d"],
    ],
    [["a", "\n", "\r\n"], ["a"]],
    [["", "é".slice(0, 1)], ["é"]],
  ])("of %j are %j", (chunks, lines) => {
    expect(split(chunks)).toEqual(lines);
  });

  test("empty ones are kept where they may be part of something", () => {
    expect(split(["a\n\nb\n"], true)).toEqual(["a", "", "b"]);
  });

  test("one of more than 4 MB is no line", () => {
    expect(() => split(Array.from({ length: 80 }, () => "x".repeat(65_536)))).toThrow(UnreadableText);
  });
});
