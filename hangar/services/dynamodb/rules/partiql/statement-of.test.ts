// What AWS says of statements that it cannot read or does not have, as tables of cases. Texts as real DynamoDB answers them (dynamodb-conformance and floci publish such recordings).

import { describe, expect, test } from "vitest";
import type { AttributeValue } from "../attribute-value.ts";
import { UNDERFLOW, messageOf, read } from "./test-statements.ts";

const NOT_WELL_FORMED = "Statement wasn't well formed, can't be processed: ";

const NOT_NUMERIC = "The parameter cannot be converted to a numeric value";
const TOO_DEEP =
  "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit";

describe("a statement that is not well formed", () => {
  test.each([
    [`SLECT * FROM "Tbl"`, "Expected data manipulation"],
    [`SELECTT * FROMM "Tbl"`, "Unexpected token after expression"],
    [`UPDATE Payment-table SET active=1 WHERE id=1`, "Expected data manipulation"],
    [`UPDATE "Tbl" WHERE pk = 'a'`, "Expected data manipulation"],
    [`SELECT * FROM "Tbl" WHERE pk = 1 foo`, "Unexpected token after expression"],
    [`SELECT * FROM "Tbl" WHERE pk = 1 e5`, "Unexpected token after expression"],
    [`SELECT * FROM "Tbl" WHERE pk = 1)`, "Unexpected token after expression"],
    [`INSERT INTO "Tbl" VALUE {'pk': 1} foo`, "Unexpected token after expression"],
    [`INSERT INTO "Tbl" t VALUE {'pk': 'x'}`, "Unexpected token after expression"],
    [`DELETE FROM "Tbl" WHERE pk = 1 ORDER BY pk`, "Unexpected token after expression"],
    [`SELECT * FROM "Tbl" ORDER BY pk WHERE pk = 1`, "Unexpected token after expression"],
    [`FROM "Tbl" SET c = 1 WHERE pk = 'x'`, "Unexpected token after expression"],
    [`UPDATE "Tbl" REMOVE a, b WHERE pk = 1`, "Unexpected token after expression"],
    [`SELECT * FROM "Tbl"; SELECT * FROM "Tbl"`, "Unexpected token after semicolon. (Only one query is allowed.)"],
    [`SELECT * FROM "Tbl" WHERE pk = 1e2147483648`, ""],
    [`SELECT * FROM "Tbl" WHERE pk = 1e99999999999`, ""],
    [`SELECT * FROM "Tbl" WHERE pk = 1.5e-2147483647`, ""],
    [`SELECT * FROM "Tbl" WHERE pk = 1e`, ""],
    [`SELECT * FROM "Tbl" WHERE pk = 1 # note`, ""],
    [`SELECT * FROM "Tbl" WHERE pk = 1 /* note`, ""],
    [`SELECT * FROM "Tbl`, ""],
    [`SELECT * FROM "Tbl" WHERE pk = 'x`, ""],
    [`SELECT * FROM "Tbl" WHERE`, "Unexpected term"],
    [`SELECT * FROM "Tbl" WHERE;`, "Unexpected term"],
    [`SELECT * FROM "Tbl" WHERE   `, "Unexpected term"],
    [`UPDATE "Tbl" SET a = 1 WHERE`, "Unexpected term"],
    [`DELETE FROM "Tbl" WHERE`, "Unexpected term"],
    [`SELECT * FROM "Tbl" WHERE NOT`, "Unexpected term"],
    [`SELECT * FROM "Tbl" WHERE (`, "Unexpected term"],
    [`SELECT * FROM`, "Unexpected term"],
    ["", "Unexpected term"],
    [`SELECT * FROM "Tbl" WHERE pk = 'p1' AND`, "Missing right-hand side expression of infix operator"],
    [`SELECT * FROM "Tbl" WHERE pk = 'p1' OR`, "Missing right-hand side expression of infix operator"],
    [`SELECT * FROM "Tbl" WHERE ORDER BY pk`, "Unexpected keyword"],
    [`SELECT * FROM Nothing`, "Unexpected keyword"],
    [`SELECT * FROM "Tbl" WHERE pk = 'a' AND x IS FOO`, "Expected type name"],
    [`SELECT * FROM "Tbl" WHERE IS NULL`, "Unexpected operator"],
    [`SELECT * FROM "Tbl" WHERE pk = LIKE`, "Unexpected operator"],
    [`DELETE FROM`, "Expected identifier for simple path"],
    [`DELETE FROM;`, "Expected identifier for simple path"],
    [`DELETE FROM WHERE pk = 'a'`, "Expected identifier for simple path"],
    [`DELETE "Tbl" WHERE pk = 'a'`, "Expected FROM after DELETE"],
    [`SELECT pk "Tbl"`, "Expected FROM after SELECT list"],
    [`SELECT a.inner FROM "Tbl"`, "Invalid path dot component"],
    [`UPDATE "Tbl" SET m.inner = 1 WHERE pk = 'a'`, "Invalid path dot component"],
    [`UPDATE "Tbl" SET a WHERE pk = 'a'`, "Expected '='"],
    [`SELECT * FROM "Tbl" WHERE a BETWEEN 1`, "Expected AND keyword"],
    [
      `UPDATE "Tbl" SET a = 1 WHERE pk = 'a' RETURNING OLD *`,
      "Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.",
    ],
    [`SELECT * FROM "Tbl" WHERE pk = ${"(".repeat(4000)}`, ""],
    [`INSERT INTO "Tbl" VALUE {'a': ${"[".repeat(4000)}`, ""],
  ])("%s", (statement, what) => {
    expect(messageOf(statement)).toBe(NOT_WELL_FORMED + what);
  });

  test("the words of PartiQL are read in any case, comments are spaces, a semicolon may end it", () => {
    for (const statement of [
      `select pk from Tbl where pk = 'a'`,
      `SELECT/**/pk FROM "Tbl" -- the table\nWHERE pk/* key */='a' --`,
      `-- a note\r\nSELECT pk FROM "Tbl" WHERE pk = 'a';`,
    ])
      expect(read(statement)).toEqual({
        kind: "select",
        table: "Tbl",
        index: undefined,
        projection: [["pk"]],
        where: {
          kind: "compare",
          operator: "=",
          left: { kind: "path", path: ["pk"] },
          right: { kind: "literal", value: { S: "a" } },
        },
        order: undefined,
      });
  });

  test("names keep their case, and quotes are doubled inside of quotes", () => {
    expect(read(`SELECT "A""b".c['d'][0] FROM Tbl WHERE q = 'it''s'`)).toMatchObject({
      projection: [['A"b', "c", "d", 0]],
      where: { right: { value: { S: "it's" } } },
    });
  });
});

describe("what PartiQL has and DynamoDB has not", () => {
  test.each([
    [`SELECT * FROM "Tbl" t WHERE pk = 'x'`, "Aliasing is not supported"],
    [`SELECT * FROM "Tbl" AS t WHERE pk = 'x'`, "Aliasing is not supported"],
    [`SELECT s AS x FROM "Tbl" WHERE pk = 't1'`, "Aliasing is not supported"],
    [`UPDATE "Tbl" t SET a = 3 WHERE pk = 'x'`, "Aliasing is not supported"],
    [`DELETE FROM "Tbl" t WHERE pk = 'x'`, "Aliasing is not supported"],
    [`SELECT id FROM some_page LIMIT 5`, "Unsupported clause: LIMIT at 1:32:1"],
    [`SELECT id FROM "Tbl" GROUP BY id`, "Unsupported clause: GROUP BY"],
    [`SELECT id FROM "Tbl" HAVING id`, "Unsupported clause: HAVING at 1:29:2"],
    [`SELECT DISTINCT id FROM "Tbl"`, "Unsupported token in expression: DISTINCT"],
    [`SELECT VALUE id FROM "Tbl"`, "Select projection doesn't support value or pivot keywords"],
    [`SELECT * FROM "Tbl", "Tbl2"`, "Only select from a single table or index is supported."],
    [`SELECT * FROM "Tbl" JOIN "Tbl2" ON a = b`, "Only select from a single table or index is supported."],
    [`SELECT s, s FROM "Tbl" WHERE pk = 't1'`, "Duplicate identifiers in select clause: s"],
    [`SELECT a.s, s FROM "Tbl"`, "Duplicate identifiers in select clause: s"],
    [`SELECT a.* FROM "Tbl"`, "Changing item's hierarchy while reading isn't supported"],
    [`SELECT a[*].b FROM "Tbl"`, "Wildcard path component like a[*].b are not supported at 1:10:1"],
    [`SELECT attribute_exists(ss) FROM "Tbl" WHERE pk = 'a'`, "Unexpected path component at 1:8:16"],
    [`SELECT l[-1] FROM "Tbl" WHERE pk='index'`, "List index is not within the allowable range; index: [-1] at 1:11:1"],
    [`SELECT l[2147483648] FROM "Tbl"`, "List index is not within the allowable range; index: [2147483648] at 1:10:10"],
    [`SELECT * FROM "Tbl"."gsi"."extra" WHERE pk = 'p'`, "A path may contain at most 2 components in the FROM clause"],
    [`SELECT * FROM "Tbl"."" WHERE pk = 'p'`, "Path component cannot be an empty string"],
    [`SELECT * FROM "" WHERE pk = 'p'`, "Path component cannot be an empty string"],
    [
      `SELECT * FROM "a b"`,
      "Table name should be within the length [3, 255] and only contain 'a-z', 'A-Z', '0-9', '-', '_', '.'.",
    ],
    [`x IS INT4`, "Unsupported operation: IsType"],
    [`x IS DOUBLE PRECISION`, "Unsupported operation: IsType"],
    [
      `INSERT INTO "Tbl" <<{'pk': 'a'}>>`,
      `Unsupported operation: Inserting multiple items in a single statement is not supported, use "INSERT INTO tableName VALUE item" instead`,
    ],
    [`INSERT INTO "Tbl" VALUE {'pk': 'a'} AT 1`, "AT is not supported in insert statements."],
    [`INSERT INTO "Tbl" VALUE {'pk': 'a'} RETURNING ALL OLD *`, "RETURNING is not supported in INSERT"],
    [
      `INSERT INTO "Tbl"."idx" VALUE {'pk': 'a'}`,
      "FROM clause may only contain a single table name in data manipulation statements",
    ],
    [`UPDATE "Tbl"."idx" SET a = 1 WHERE pk = 'p'`, "This operation is not supported on an index"],
    [`DELETE FROM "Tbl"."idx" WHERE pk = 'p'`, "This operation is not supported on an index"],
    [
      `DELETE FROM "Tbl" WHERE pk = 'x' RETURNING MODIFIED OLD *`,
      "Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
    ],
    [
      `UPDATE "Tbl" SET a = 1 WHERE pk = 'x' RETURNING ALL OLD a`,
      "Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause",
    ],
    [
      `UPDATE "Tbl" SET a = 1 WHERE pk = 'x' RETURNING ALL OLD *, ALL NEW *`,
      "Invalid syntax with multiple returning elements in RETURNING clause",
    ],
  ])("%s", (statement, message) => {
    expect(messageOf(statement)).toBe(message);
  });
});

describe("parameters are looked at before the statement", () => {
  const deep = (levels: number, leaf: AttributeValue = { S: "leaf" }): AttributeValue =>
    levels === 0 ? leaf : { M: { n: deep(levels - 1, leaf) } };
  const one = `SELECT * FROM Tbl WHERE x = ?`;
  const two = `SELECT * FROM Tbl WHERE x = ? AND y = ?`;
  test.each<[string, AttributeValue[], string]>([
    [
      `UPDATE Tbl SET WHERE`,
      [{ SS: ["a", "a"] }],
      "One or more parameter values were invalid: Input collection [a, a] contains duplicates.",
    ],
    [
      one,
      [{ NULL: false }],
      "One or more parameter values were invalid: Null attribute value types must have the value of true",
    ],
    [one, [{ SS: [] }], "One or more parameter values were invalid: An string set  may not be empty"],
    [one, [{ N: "1e99999999999" }], `${NOT_NUMERIC}: 1e99999999999`],
    [one, [{ N: "1e-2147483648" }], `${NOT_NUMERIC}: 1e-2147483648`],
    [one, [{ N: "1e2147483647" }], UNDERFLOW],
    [one, [{ N: "" }], NOT_NUMERIC],
    [one, [{ L: [{ N: "1" }, { N: "1e2147483648" }] }], `${NOT_NUMERIC}: 1e2147483648`],
    [one, [{ NS: ["1", "1e2147483648"] }], `${NOT_NUMERIC}: 1e2147483648`],
    [two, [deep(40), { N: "abc" }], TOO_DEEP],
    [two, [{ N: "abc" }, deep(100)], `${NOT_NUMERIC}: abc`],
    [one, [deep(100, { N: "abc" })], TOO_DEEP],
    [two, [deep(40), { N: "1e126" }], TOO_DEEP],
  ])("%s %j", (statement, parameters, message) => {
    expect(messageOf(statement, parameters)).toBe(message);
  });
});
