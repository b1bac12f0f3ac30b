// What AWS says of conditions, values and assignments that it does not take, as tables of cases. Texts as real DynamoDB answers them (dynamodb-conformance and floci publish such recordings).

import { describe, expect, test } from "vitest";
import type { AttributeValue } from "../attribute-value.ts";
import { UNDERFLOW, messageOf, read } from "./test-statements.ts";

const OVERFLOW = "Number overflow. Attempting to store a number with magnitude larger than supported range";

describe("a condition that DynamoDB does not take", () => {
  test.each<[string, string, AttributeValue[]?]>([
    [`pk`, "WHERE clause must contain an expression that resolves to a boolean"],
    [`pk AND a = 1`, "The arguments to AND/OR must be Expressions"],
    [`NOT pk`, "The argument to NOT must be a Type or Expression"],
    [`a = MISSING`, "MISSING must be compared using IS operator"],
    [`n = 5 + 5`, "Unsupported operator in Condition Expression. Operator: +"],
    [`a LIKE 'x%'`, "Unsupported operator in Condition Expression. Operator: like"],
    [`n > -n`, "Unsupported operator in Condition Expression. Operator: -"],
    [
      `a IN 1`,
      "IN operator must have a left hand argument of type Variable Reference and right hand argument of type Seq with at least one member",
    ],
    [
      `a IN []`,
      "IN operator must have a left hand argument of type Variable Reference and right hand argument of type Seq with at least one member",
    ],
    [
      `a IN [${Array.from({ length: 101 }, (_, index) => index).join(",")}]`,
      "The IN operator is provided with too many operands; number of operands: 101",
    ],
    [`a < true`, "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL"],
    [
      `a >= ?`,
      "Incorrect operand type for operator or function; operator or function: >=, operand type: SS",
      [{ SS: ["a"] }],
    ],
    [
      `a BETWEEN true AND false`,
      "Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: BOOL",
    ],
    [
      `a BETWEEN 2 AND 1`,
      "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}",
    ],
    [
      `attribute_exists(a) > false`,
      "Incorrect operand type for operator or function; operator or function: >, operand type: BOOL",
    ],
    [`attribute_exists('ss')`, "Operator or function requires a document path; operator or function: attribute_exists"],
    [
      `attribute_exists(?)`,
      "Operator or function requires a document path; operator or function: attribute_exists",
      [{ S: "ss" }],
    ],
    [
      `attribute_exists()`,
      "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 0",
    ],
    [
      `attribute_exists(ss, ns)`,
      "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2",
    ],
    [`EXISTS(ss)`, "Unrecognized function: exists at 1:27:6"],
    [`set_add(ss, <<'x'>>) = ss`, "Unrecognized function: set_add at 1:27:7"],
    [
      `attribute_type(l, 1)`,
      "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N",
    ],
    [
      `attribute_type(a, 'X')`,
      "Invalid attribute type name found; type: X, valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}",
    ],
    [`s = <<'a','a'>>`, "One or more parameter values were invalid: Input collection [a, a] contains duplicates."],
    [
      `a = a`,
      "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]",
    ],
    [
      `a IS INTEGER`,
      "Unsupported data type for IS operator: INTEGER. Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST] at 1:29:2",
    ],
    [`n = ?`, "Number of parameters in request and statement don't match."],
    [`n = 1`, "Number of parameters in request and statement don't match.", [{ N: "1" }]],
    [`n = 1e126`, `${OVERFLOW} under root`],
    [`n = 1e-131`, `${UNDERFLOW} under root`],
    [
      `n = 123456789012345678901234567890123456789`,
      "Attempting to store more than 38 significant digits in a Number under root",
    ],
  ])("%s", (condition, message, parameters) => {
    expect(messageOf(`SELECT * FROM "Tbl" WHERE ${condition}`, parameters)).toBe(message);
  });
});

describe("a value or an assignment that DynamoDB does not take", () => {
  const insert = (value: string) => `INSERT INTO "Tbl" VALUE {'pk': 'a', 'v': ${value}}`;
  const update = (set: string) => `UPDATE "Tbl" SET ${set} WHERE pk = 'a'`;
  test.each<[string, string, AttributeValue[]?]>([
    [insert(`<<>>`), "Empty bags are not supported"],
    [insert(`<<1, 'a'>>`), "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags"],
    [insert(`{'x': 1e126}`), `${OVERFLOW} under root.x`],
    [insert(`[1, 1e126]`), `${OVERFLOW} under root[1]`],
    [insert(`{'x': 1, 'x': 2}`), "Duplicate keys in tuple. Key: x under root at 1:51:3"],
    [insert(`{'k': ?}`), "Unsupported data type: Parameter under key root.k at 1:48:1", [{ S: "v" }]],
    [insert(`set_add(<<'a'>>, <<'b'>>)`), "Unsupported data type: set_add under key root at 1:42:7"],
    [
      `INSERT INTO "Tbl" VALUE ?`,
      "Unsupported format in item expression. Please use struct format {...} to express item values for insert statement. at 1:25:1",
      [{ M: { pk: { S: "a" } } }],
    ],
    [
      update(`d = ${"{'a':".repeat(32)}1${"}".repeat(32)}`),
      `Nesting Levels have exceeded supported limits under root${".a".repeat(32)}`,
    ],
    [
      update(`d = {'a':${"[".repeat(31)}1${"]".repeat(31)}}`),
      `Nesting Levels have exceeded supported limits under root.a${"[0]".repeat(31)}`,
    ],
    [update(`x = [?]`), "Unsupported data type: Parameter under key root[0] at 1:23:1", [{ S: "v" }]],
    [update(`t = set_add(ss, <<'x'>>)`), "The first argument to SET_ADD must equal the assignment value at 1:22:7"],
    [
      update(`ss = set_add(<<'a'>>, <<'b'>>)`),
      "The first argument to SET_ADD must equal the assignment value at 1:23:7",
    ],
    [update(`ss = set_add(ss, 'x')`), "The second argument to SET_ADD must be a value with type SET at 1:31:2"],
    [
      update(`"s" = set_delete("s", ['x'])`),
      "The second argument to SET_DELETE must be a value with type SET at 1:35:3",
    ],
    [update(`ss = set_add(ss)`), "SET_ADD must have exactly two arguments at 1:23:7"],
    [
      update(`ss = set_add(ss, <<'x','x'>>)`),
      "One or more parameter values were invalid: Input collection [x, x] contains duplicates.",
    ],
    [
      update(`n = set_add(n, <<2, 2.0>>)`),
      "One or more parameter values were invalid: Input collection [2, 2.0] contains duplicates! under root",
    ],
    [
      update(`n = 'a' + 1`),
      "Incorrect operand type for operator or function; operator or function: +, operand type: S",
    ],
    [
      update(`n = n - null`),
      "Incorrect operand type for operator or function; operator or function: -, operand type: NULL",
    ],
    [update(`n = n * 2`), "Unsupported operator in Update Expression. Operator: *"],
    [
      update(`n = -n`),
      "Incorrect number of operands for operator or function; operator or function: -, number of operands: 1",
    ],
    [update(`n = size(a)`), "The function is not allowed in an update expression; function: size"],
    [update(`n = a IS NULL`), "IS operator is not supported in update expressions"],
    [
      update(`a = 1 SET a.b = 2`),
      "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]",
    ],
  ])("%s", (statement, message, parameters) => {
    expect(messageOf(statement, parameters)).toBe(message);
  });

  test("signs, exponents and 38 digits make exact numbers", () => {
    const digits = "12345678901234567890123456789012345678";
    expect(
      read(`INSERT INTO Tbl VALUE {'a': 1E3, 'b': - -1.5e-3, 'c': 2.50, 'd': -0, 'e': .73e1, 'f': -${digits}}`),
    ).toMatchObject({
      item: {
        a: { N: "1000" },
        b: { N: "0.0015" },
        c: { N: "2.5" },
        d: { N: "0" },
        e: { N: "7.3" },
        f: { N: `-${digits}` },
      },
    });
  });
});
