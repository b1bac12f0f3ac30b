// S3 Select's SQL over JSON records and CSV ones, as tables of cases.

import { describe, expect, test } from "vitest";
import { planOf } from "./plan.ts";
import { CsvRecord, jsonText, type Value } from "./values.ts";

const NOW = Date.parse("2026-11-22T01:02:03.456Z");

function all(text: string, records: readonly Value[]): readonly unknown[] {
  const plan = planOf(text, NOW);
  const results = [...records.flatMap((record) => plan.take(record)), ...plan.end()];
  return results.map((result) => JSON.parse(jsonText(Object.fromEntries(result))) as unknown);
}

function one(expression: string, record: Value = {}): unknown {
  const [result] = all(`SELECT ${expression} AS x FROM S3Object s`, [record]);
  return (result as { readonly x?: unknown }).x;
}

function code(text: string, records: readonly Value[] = [{}]): string {
  try {
    all(text, records);
    return "nothing";
  } catch (error) {
    return (error as Error).name;
  }
}

const RULES = {
  Rules: [{ id: "1" }, { expr: "y > x" }, { id: "2", expr: "z = DEBUG" }],
  created: "June 27",
  modified: "July 6",
};

describe("FROM", () => {
  test.each([
    ["SELECT id FROM S3Object[*].Rules[*].id", [{ id: "1" }, {}, { id: "2" }]],
    ["SELECT r.id FROM S3Object[*].Rules[*] r", [{ id: "1" }, {}, { id: "2" }]],
    ["SELECT id FROM S3Object[*].Rules[*]", [{ id: "1" }, {}, { id: "2" }]],
    ["SELECT _1.id FROM S3Object[*].Rules[*] WHERE _1.expr IS MISSING", [{ id: "1" }]],
    ["SELECT s.Rules[2].expr FROM S3Object s", [{ expr: "z = DEBUG" }]],
    ["SELECT * FROM S3Object[*]['Rules'][0]", [{ id: "1" }]],
    ["SELECT CREATED, s3object.modified AS m FROM s3object", [{ CREATED: "June 27", m: "July 6" }]],
    ["SELECT s.* FROM S3Object[*].Rules[0] AS s", [{ id: "1" }]],
    ["SELECT COUNT(*), COUNT(id), MAX(id) AS most FROM S3Object[*].Rules[*]", [{ _1: 3, _2: 2, most: 2 }]],
    ["SELECT id FROM S3Object[*].Rules[*] LIMIT 1", [{ id: "1" }]],
    ["SELECT id FROM S3Object[*].Rules[*] LIMIT 0", []],
    ["SELECT nothing.at_all, 'x' FROM S3Object -- a remark", [{ _2: "x" }]],
  ])("%s", (text, expected) => {
    expect(all(text, [RULES])).toEqual(expected);
  });
});

describe("CSV", () => {
  const names = ["Name", "age", "NAME"];
  const records = [new CsvRecord(["Ann", "31", "x"], names), new CsvRecord(["Bob", "9", "y"], names)];

  test.each([
    ['SELECT s."Name" FROM S3Object s WHERE s.age > 10', [{ Name: "Ann" }]],
    ["SELECT _1 FROM S3Object WHERE CAST(age AS INT) < 10", [{ _1: "Bob" }]],
    ["SELECT SUM(CAST(s.age AS FLOAT)), AVG(s.age), MIN(s.age) FROM S3Object s", [{ _1: 40, _2: 20, _3: 9 }]],
    ["SELECT * FROM S3Object LIMIT 1", [{ Name: "Ann", age: "31", NAME: "x" }]],
  ])("%s", (text, expected) => {
    expect(all(text, records)).toEqual(expected);
  });

  test.each([
    ["SELECT name FROM S3Object", "AmbiguousFieldName"],
    ["SELECT street FROM S3Object", "MissingHeaders"],
    ["SELECT _0 FROM S3Object", "MissingHeaders"],
    ["SELECT CAST(_1 AS INT) FROM S3Object", "CastFailed"],
  ])("%s is %s", (text, expected) => {
    expect(code(text, records)).toBe(expected);
  });
});

describe("an expression", () => {
  test.each<[string, unknown]>([
    ["1 + 2 * 3 - -4", 11],
    ["7 / 2", 3],
    ["7.5 / 2", 3.75],
    ["-7 % 3", -1],
    ["1 = 1 AND NOT 2 < 1 OR FALSE", true],
    ["NULL = 1", null],
    ["NULL AND FALSE", false],
    ["MISSING IS NULL", true],
    ["NULL IS MISSING", false],
    ["NULL IS NOT NULL", false],
    ["2 BETWEEN 1 AND 3 AND 4 NOT BETWEEN 1 AND 3", true],
    ["'b' IN ('a', 'b')", true],
    ["'c' NOT IN ('a', NULL)", null],
    ["'ab_c' LIKE 'a%\\_c' ESCAPE '\\'", true],
    ["'abc' NOT LIKE '_b_'", false],
    ["'aaaaaaaaaaaaaaaaaaaaaaaaab' LIKE '%a%a%a%a%a%a%c'", false],
    ["CASE WHEN 1 > 2 THEN 'a' ELSE 'b' END", "b"],
    ["CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' END", "two"],
    ["COALESCE(NULL, MISSING, 3)", 3],
    ["NULLIF(1, 1)", null],
    ["CAST('12' AS INT) + CAST(TRUE AS INTEGER)", 13],
    ["CAST('1.5' AS DECIMAL(10, 2))", 1.5],
    ["CAST(1 AS BOOL)", true],
    ["CAST(1.50 AS STRING)", "1.5"],
    ["CHAR_LENGTH('héé')", 3],
    ["LOWER('AbC') ", "abc"],
    ["UPPER('AbC')", "ABC"],
    ["TRIM('  x ')", "x"],
    ["TRIM(LEADING '1' FROM '112')", "2"],
    ["TRIM(BOTH '12' FROM '1112211foobar22211122')", "foobar"],
    ["SUBSTRING('123456789', 0, 999)", "123456789"],
    ["SUBSTRING('123456789' FROM 3 FOR 2)", "34"],
    ["SUBSTRING('123456789', -2, 4)", "1"],
    ["UTCNOW()", "2026-11-22T01:02:03.456Z"],
    ["DATE_ADD(month, 1, `2010-01-31T`)", "2010-02-28T"],
    ["DATE_ADD(year, 5, `2010T`)", "2015T"],
    ["DATE_ADD(hour, 1, `2017T`)", "2017-01-01T01:00Z"],
    ["DATE_DIFF(year, `2010-01-01T`, `2011-01-01T`)", 1],
    ["DATE_DIFF(month, `2010T`, `2010-05T`)", 4],
    ["DATE_DIFF(day, `2010-01-01T23:00Z`, `2010-01-02T01:00Z`)", 0],
    ["EXTRACT(TIMEZONE_HOUR FROM `2007-04-05T14:30:10+07:30`)", 7],
    ["EXTRACT(HOUR FROM TO_TIMESTAMP('2007-04-05T14:30:10+07:30'))", 14],
    ["TO_STRING(`1969-07-20T20:18Z`, 'MMMM d, y')", "July 20, 1969"],
    ["TO_STRING(`1969-07-20T20:18+08:00`, 'y-MM-dd''T''h:mm a XXX')", "1969-07-20T8:18 PM +08:00"],
    ["CAST('2007-04-05T14:30Z' AS TIMESTAMP) < `2008T`", true],
    ["s.a.\"B\"['c'][1]", 2],
  ])("%s", (text, expected) => {
    expect(one(text, { a: { B: { c: [1, 2] } } })).toEqual(expected);
  });
});

describe("is refused:", () => {
  test.each([
    ["SELEC 1", "ParseUnexpectedToken"],
    ["SELECT FROM S3Object", "ParseEmptySelect"],
    ["SELECT 1", "ParseSelectMissingFrom"],
    ["SELECT *, a FROM S3Object", "ParseAsteriskIsNotAloneInSelectList"],
    ["SELECT a, COUNT(*) FROM S3Object", "UnsupportedSqlStructure"],
    ["SELECT s.1 FROM S3Object s", "ParseInvalidPathComponent"],
    ["SELECT s.'a' FROM S3Object s", "ParseInvalidPathComponent"],
    ["SELECT a AS FROM S3Object", "ParseExpectedIdentForAlias"],
    ["SELECT a FROM S3Object ORDER BY a", "ParseUnexpectedToken"],
    ["SELECT a FROM S3Object GROUP BY a", "UnsupportedSqlStructure"],
    ["SELECT a FROM S3Object, S3Object", "UnsupportedSqlStructure"],
    ["SELECT a FROM (SELECT 1)", "UnsupportedSqlStructure"],
    ["SELECT a FROM '/etc/passwd'", "ParseUnexpectedToken"],
    ["SELECT a FROM read_csv", "EvaluatorBindingDoesNotExist"],
    ["SELECT read_text('/etc/passwd') FROM S3Object", "UnsupportedFunction"],
    ["SELECT a FROM S3Object; DROP TABLE x", "LexerInvalidChar"],
    ["SELECT a FROM S3Object LIMIT -1", "EvaluatorNegativeLimit"],
    ["SELECT CAST(a AS BLOB) FROM S3Object", "ParseExpectedTypeName"],
    ["SELECT DATE_ADD(fortnight, 1, UTCNOW()) FROM S3Object", "ParseExpectedDatePart"],
    ["SELECT SUM(*) FROM S3Object", "ParseUnsupportedCallWithStar"],
    ["SELECT LOWER(1) FROM S3Object", "IncorrectSqlFunctionArgumentType"],
    ["SELECT LOWER() FROM S3Object", "EvaluatorInvalidArguments"],
    ["SELECT 'a' + 1 FROM S3Object", "IncorrectSqlFunctionArgumentType"],
    ["SELECT a FROM S3Object WHERE a LIKE 1 OR 'a' LIKE 1", "LikeInvalidInputs"],
    ["SELECT TO_TIMESTAMP('soon') FROM S3Object", "ValueParseFailure"],
    ["SELECT `soon` FROM S3Object", "LexerInvalidIONLiteral"],
    ["SELECT COUNT(*) FROM S3Object WHERE COUNT(*) > 1", "UnsupportedSqlStructure"],
    [`SELECT ${"(".repeat(5000)}1 FROM S3Object`, "UnsupportedSyntax"],
    [`SELECT ${"1+".repeat(5000)}1 FROM S3Object`, "UnsupportedSyntax"],
    [`SELECT '${"x".repeat(256 * 1024)}' FROM S3Object`, "ExpressionTooLong"],
  ])("%.60s with %s", (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  test("the place is told", () => {
    expect(() => planOf("SELECT a\nFROM S3Object ORDER BY a", NOW)).toThrow(
      "Unexpected token found KEYWORD:UNKNOWN at line 2, column 15.",
    );
  });
});
