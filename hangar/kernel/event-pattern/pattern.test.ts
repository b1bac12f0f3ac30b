// Event patterns: the messages AWS gives for bad ones, and what matches.

import { describe, expect, test } from "vitest";
import { flatten, matches, parsePattern } from "./pattern.ts";

const sns = { anythingBut: ["prefix"] };

/** As recorded from AWS: message, column. */
const bad: readonly (readonly [pattern: string, message: string, column: number | undefined, options?: typeof sns])[] =
  [
    ['{"key":[["value"]]}', "Match value must be String, number, true, false, or null", 10],
    ['{"key":[{"wrong-operator":true}]}', "Unrecognized match type wrong-operator", 31],
    ['{"key":[{"suffix":"value","prefix":"value2"}]}', "Only one key allowed in match expression", 37],
    ['{"key":[]}', "Empty arrays are not allowed", 10],
    ['{"key":[{"suffix":100}]}', "suffix match pattern must be a string", 22],
    ['{"key":[{"suffix":null}]}', "suffix match pattern must be a string", 23],
    ['{"key":{"suffix":"value"}}', '"suffix" must be an object or an array', 19],
    ['{"key":[{"suffix":[]}]}', "suffix match pattern must be a string", 20],
    ['{"key":{"not-an-operator":"value"}}', '"not-an-operator" must be an object or an array', 28],
    ['{"key":[{"cidr":["bad-filter"]}]}', "prefix match pattern must be a string", 18],
    ['{"key":[{"cidr":"bad-filter"}]}', "Malformed CIDR, one '/' required", undefined],
    ['{"key":[{"cidr":"bad-filter/64"}]}', "Nonstandard IP address: bad-filter", undefined],
    ['{"key":[{"numeric":[]}]}', "Invalid member in numeric match: ]", 22],
    ['{"key":[{"numeric":["operator"]}]}', "Unrecognized numeric range operator: operator", 32],
    ['{"key":[{"numeric":[1,"<="]}]}', "Invalid member in numeric match: 1", 22],
    ['{"key":[{"numeric":["=","000"]}]}', "Value of equals must be numeric", 26],
    ['{"key":[{"numeric":[">="]}]}', "Value of >= must be numeric", 26],
    ['{"key":[{"numeric":["<",100,">",10]}]}', "Too many elements in numeric expression", 30],
    ['{"key":[{"numeric":[">=",1,">",2]}]}', "Bad numeric range operator: >", 31],
    ['{"key":[{"numeric":[">",3,"<",1]}]}', "Bottom must be less than top", 33],
    ['{"key":[{"numeric":[">",20,"<="]}]}', "Value of <= must be numeric", 33],
    ['{"key":[{"numeric":[">",20,30]}]}', "Bad value in numeric range: 30", 30],
    ['{"key":[{"numeric":[">",20,"<",30,"<",50]}]}', "Too many terms in numeric range expression", 36],
    ['{"key":[{"exists":null}]}', "exists match pattern must be either true or false.", 23],
    ['{"key":[{"exists":"no"}]}', "exists match pattern must be either true or false.", 20],
    ['{"key":[{"anything-but":{"wrong-operator":null}}]}', "Unsupported anything-but pattern: wrong-operator", 47, sns],
    ['{"key":[{"anything-but":{"suffix":"test"}}]}', "Unsupported anything-but pattern: suffix", 36, sns],
    ['{"key":[{"anything-but":{"prefix":false}}]}', "prefix match pattern must be a string", 40, sns],
    ['{"int": 42}', '"int" must be an object or an array', 11],
    ['{"string": "my-value"}', '"string" must be an object or an array', 13],
    ['{"my_key": [{"EXISTS": true}]}', "Unrecognized match type EXISTS", 28],
    ['{"detail": {"c-count": [{"numeric": 10}]}}', "Value of numeric must be an array.", 39],
    [
      '{"detail": {"state": [{"anything-but": null}]}}',
      "Value of anything-but must be an array or single string/number value.",
      44,
    ],
    ['{"detail": {"FileName": [{"anything-but": {"prefix": ""}}]}}', "Null prefix/suffix not allowed", 56],
    [
      '{"EventBusArn": [{"wildcard": "arn:aws:events:us-east-1:**:event-bus/*"}]}',
      "Consecutive wildcard characters at pos 26",
      72,
    ],
    [
      "this is valid json but not a dict",
      "Unrecognized token 'this': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      5,
    ],
    ["{'bad': 'quotation'}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 2],
    [
      '{"not": closed mark"',
      "Unrecognized token 'closed': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      15,
    ],
    ['["not", "a", "dict"]', "Filter is not an object", 2],
  ];

test.for(bad)("%s is refused: %s", ([pattern, message, column, options]) => {
  const place = column === undefined ? "" : `\n at [Source: (String)"${pattern}"; line: 1, column: ${column}]`;
  expect(() => parsePattern(pattern, options)).toThrow(message + place);
});

test("the place of a bad member of an anything-but list is given twice", () => {
  const pattern = '{"detail": {"state": [{"anything-but": ["stopped", null]}]}}';
  const place = `\n at [Source: (String)"${pattern}"; line: 1, column: 56]`;
  expect(() => parsePattern(pattern)).toThrow(
    `Inside anything but list, start|null|boolean is not supported.${place}${place}`,
  );
});

const cases: readonly (readonly [pattern: object, event: unknown, matches: boolean])[] = [
  [{ source: ["a", "b"] }, { source: "b" }, true],
  [{ source: ["a"] }, { source: "A" }, false],
  [{ n: [300] }, { n: 300.0 }, true],
  [{ n: [null] }, { n: null }, true],
  [{ n: [null] }, {}, false],
  [{ resources: ["x"] }, { resources: ["y", "x"] }, true],
  [{ a: [{ prefix: "x" }] }, { a: "xy" }, true],
  [{ a: [{ prefix: { "equals-ignore-case": "X" } }] }, { a: "xy" }, true],
  [{ a: [{ suffix: ".png" }] }, { a: "b.png" }, true],
  [{ a: [{ "equals-ignore-case": "X" }] }, { a: "x" }, true],
  [{ a: [{ wildcard: "a/*/c" }] }, { a: "a/b/c" }, true],
  [{ a: [{ wildcard: "a\\*" }] }, { a: "a*" }, true],
  [{ a: [{ wildcard: "a\\*" }] }, { a: "ab" }, false],
  [{ a: [{ "anything-but": "x" }] }, { a: "y" }, true],
  [{ a: [{ "anything-but": "x" }] }, { a: null }, true],
  [{ a: [{ "anything-but": "x" }] }, {}, false],
  [{ a: [{ "anything-but": ["x", 1] }] }, { a: 1 }, false],
  [{ a: [{ "anything-but": { prefix: ["x", "y"] } }] }, { a: "yes" }, false],
  [{ a: [{ "anything-but": { suffix: ".txt" } }] }, { a: "b.png" }, true],
  [{ a: [{ "anything-but": { wildcard: "*/dir/*" } }] }, { a: "x/dir/y" }, false],
  [{ a: [{ "anything-but": { "equals-ignore-case": ["X"] } }] }, { a: "x" }, false],
  [{ a: [{ exists: true }] }, { a: "" }, true],
  [{ a: [{ exists: true }] }, { a: { b: 1 } }, false],
  [{ a: [{ exists: true }] }, { a: [] }, false],
  [{ a: [{ exists: false }] }, { b: 1 }, true],
  [{ a: [{ exists: false }] }, { a: 1 }, false],
  [{ a: [{ numeric: [">", 0, "<=", 5] }] }, { a: 5 }, true],
  [{ a: [{ numeric: ["=", 5] }] }, { a: "5" }, false],
  [{ ip: [{ cidr: "10.0.0.0/24" }] }, { ip: "10.0.0.255" }, true],
  [{ ip: [{ cidr: "10.0.0.0/24" }] }, { ip: "10.0.1.255" }, false],
  [{ ip: [{ cidr: "2001:db8::/32" }] }, { ip: "2001:db8::1" }, true],
  [{ $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }, true],
  [{ c: [3], $or: [{ a: [1] }, { b: [2] }] }, { b: 2, c: 4 }, false],
  [{ "detail.state": ["on"] }, { detail: { state: "on" } }, true],
  [{ detail: { state: ["on"] } }, { "detail.state": "on" }, true],
  // One element must meet both.
  [
    { list: { a: [1], b: [2] } },
    {
      list: [
        { a: 1, b: 1 },
        { a: 2, b: 2 },
      ],
    },
    false,
  ],
  [
    { list: { a: [1], b: [2] } },
    {
      list: [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
      ],
    },
    true,
  ],
];

describe("matching", () => {
  test.for(cases)("%o on %o: %s", ([pattern, event, expected]) => {
    expect(matches(parsePattern(JSON.stringify(pattern)), flatten(event))).toBe(expected);
  });
});
