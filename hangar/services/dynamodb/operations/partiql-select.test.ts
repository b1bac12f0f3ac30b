// What SELECT reads, in which order and at what cost. Answers as recorded from AWS by the suites dynamodb-conformance and floci.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { partiqlCloud, refused, type Attributes } from "../rules/partiql/test-cloud.ts";

let partiql: Awaited<ReturnType<typeof partiqlCloud>>;
const text = (value: string) => ({ S: value });
const sorts = async (statement: string) => (await partiql.send(statement)).Items?.map((item) => item["sk"]?.S) ?? [];
const inOrder = (texts: readonly (string | undefined)[]) =>
  texts.toSorted((left, right) => String(left).localeCompare(String(right)));
const INVALID = "ValidationException: ";

const values = (count: number) => Array.from({ length: count }, (_, index) => `'v${index}'`).join(",");

beforeAll(async () => {
  partiql = await partiqlCloud("partiql-select");
  const items: Attributes[] = [
    {
      sk: text("s1"),
      gsiPk: text("x"),
      gsiPk2: text("y"),
      lsiSk: text("l1"),
      projattr: text("proj1"),
      np: text("np1"),
    },
    {
      sk: text("s2"),
      gsiPk: text("z"),
      gsiPk2: text("y"),
      lsiSk: text("l2"),
      projattr: text("proj2"),
      np: text("np2"),
    },
    { sk: text("s3"), np: text("np3") },
    {
      sk: text("s4"),
      gsiPk: text("x"),
      gsiPk2: text("y"),
      lsiSk: text("l4"),
      projattr: text("proj4"),
      np: text("np4"),
    },
  ];
  for (const item of items) await partiql.put({ pk: text("p"), ...item });
  await partiql.put({ pk: text("q"), sk: text("s5"), gsiPk2: text("y2"), projattr: text("proj5") });
  for (const pk of ["o1", "o2"])
    for (const sk of ["1", "2", "3"]) await partiql.put({ pk: text(pk), sk: text(sk), flag: text(sk) });
  await partiql.put({
    pk: text("types"),
    sk: text("1"),
    ss: { SS: ["a", "b"] },
    s: text("str"),
    n: { N: "1" },
    m: { M: { x: text("y"), k: { L: [text("c")] } } },
    l: { L: [text("a"), text("b")] },
    nul: { NULL: true },
    yes: { BOOL: true },
    bin: { B: new Uint8Array([1, 2, 3]) },
  });
});
afterAll(async () => {
  expect(partiql.cloud.bugs).toEqual([]);
  await partiql.cloud.close();
});

describe("rows", () => {
  test.each<[string, string[]]>([
    [`"Edge" WHERE pk = 'p'`, ["s1", "s2", "s3", "s4"]],
    [`"Edge" WHERE 'p' = pk AND 's3' <= sk`, ["s3", "s4"]],
    [`"Edge" WHERE pk = 'p' AND sk BETWEEN 's2' AND 's3'`, ["s2", "s3"]],
    [`"Edge" WHERE pk = 'p' AND begins_with("sk", 's')`, ["s1", "s2", "s3", "s4"]],
    [`"Edge" WHERE pk = 'p' AND sk = 's1' AND sk > 's0'`, ["s1"]],
    [`"Edge" WHERE pk = 'p' AND sk = 's1' AND sk > 's5'`, []],
    [`"Edge" WHERE pk = 'p' AND (sk = 's1' OR sk = 's3')`, ["s1", "s3"]],
    [`"Edge" WHERE pk = 'p' AND sk IN ('s1', 's3')`, ["s1", "s3"]],
    [`"Edge" WHERE pk = 'p' AND (sk < 's2' OR sk > 's3' OR sk = 's2')`, ["s1", "s2", "s4"]],
    [`"Edge" WHERE pk = 'p' AND NOT sk = 's1'`, ["s2", "s3", "s4"]],
    [`"Edge" WHERE pk = 'p' AND sk <> 's1' AND sk > 's0'`, ["s2", "s3", "s4"]],
    [`"Edge" WHERE pk = 'p' AND NOT sk = 's1' OR pk = 'p' AND sk = 's2'`, ["s2", "s3", "s4"]],
    [`"Edge" WHERE pk = 'p' OR pk = 'p' AND NOT sk = 's1'`, ["s1", "s2", "s3", "s4"]],
    [`"Edge" WHERE pk = 'p' OR sk = 's5'`, ["s1", "s2", "s3", "s4", "s5"]],
    [`"Edge" WHERE pk = 'p' AND pk = 'q'`, []],
    [`"Edge" WHERE pk > 1`, []],
    [`"Edge" WHERE np = 'np1' OR projattr = 'proj5'`, ["s1", "s5"]],
    [`"Edge"."gsi-all" WHERE gsiPk = 'x'`, ["s1", "s4"]],
    [`"Edge"."gsi-all" WHERE pk = 'p'`, ["s1", "s2", "s4"]],
    [`"Edge"."gsi-inc" WHERE gsiPk2 = 'y' AND projattr IS NOT MISSING`, ["s1", "s2", "s4"]],
    [`"Edge"."gsi-inc" WHERE np = 'np1'`, []],
    [`"Edge"."lsi-keys" WHERE np = 'np1'`, []],
    [`"Edge"."gsi-keys" WHERE NOT np = 'np1'`, ["s1", "s2", "s4", "s5"]],
    [`"Edge"."gsi-inc" WHERE (gsiPk2 = 'y' AND np = 'np1') OR (gsiPk2 = 'y2')`, ["s5"]],
    [`"Edge"."gsi-inc" WHERE gsiPk2 > 'a' AND zz = '1'`, []],
    [`"Edge" WHERE pk IN [${values(51)}] OR np = 'np1'`, ["s1"]],
    [`"Edge" WHERE pk IN ['p', 'q'] AND NOT begins_with(projattr, 'proj')`, ["s3"]],
  ])("SELECT sk FROM %s", async (rest, expected) => {
    expect(inOrder(await sorts(`SELECT sk FROM ${rest}`))).toEqual(expected);
  });

  test.each<[string, boolean]>([
    ["attribute_exists(m.x) AND ATTRIBUTE_NOT_EXISTS (nope) AND attribute_exists(l[0])", true],
    ["(attribute_exists(nope) OR NOT attribute_exists(m))", false],
    ["attribute_exists(nope) = false", true],
    ["true = attribute_exists(n)", true],
    ["attribute_exists(n) <> 1", true],
    ["contains(nope, 'z') = false", true],
    ["(n BETWEEN 0 AND 5) = true", true],
    ["attribute_exists(nope) IN [true, false]", true],
    ["attribute_exists(n) = attribute_exists(s)", true],
    ["attribute_exists(n) = yes", true],
    ["attribute_exists(n) = 1", false],
    ["NOT attribute_exists(n) = true", false],
    ["(attribute_exists(n) = true) = false", false],
    ["n BETWEEN - 2 AND +5 AND n IN [- 1, 1]", true],
    ["n = - - 1", true],
    ["n != 2 AND n NOT IN [3] AND n NOT BETWEEN 5 AND 6", true],
    ["size(s) = 3 AND size(ss) = 2", true],
    ["contains(ss, 'a') AND contains(s, 'tr') AND contains(l, 'b')", true],
    ["attribute_type(ss, 'SS') AND NOT attribute_type(ss, 'S')", true],
    [
      "nul IS NULL AND s IS NOT NULL AND yes IS BOOL AND s IS STRING AND m IS TUPLE AND l IS LIST AND bin IS BLOB",
      true,
    ],
    ["nope IS NULL", false],
    ["nope IS MISSING AND n IS NUMERIC", true],
    ["ss = <<'b', 'a'>> AND l = ['a', 'b'] AND m = {'k': ['c'], 'x': 'y'}", true],
    ["l = ['b', 'a']", false],
    ["m.k[0] = 'c' AND m['x'] = 'y'", true],
    ["s < 5 OR n > 'a'", false],
  ])("WHERE … %s", async (condition, holds) => {
    expect(await sorts(`SELECT sk FROM Edge WHERE pk = 'types' AND ${condition}`)).toEqual(holds ? ["1"] : []);
  });

  test("a path's value stands under the path's last name, and what is missing is left out", async () => {
    const { Items } = await partiql.send(
      `SELECT m.x, m.k[0], l[1], l[7], nope.x.z FROM Edge WHERE pk='types' AND sk='1'`,
    );
    expect(Items).toEqual([{ x: text("y"), "k[0]": text("c"), "l[1]": text("b") }]);
    expect((await partiql.send(`SELECT nope FROM Edge WHERE pk='types' AND sk='1'`)).Items).toEqual([{}]);
    expect((await partiql.send(`SELECT * FROM Edge WHERE pk='nobody'`)).Items).toEqual([]);
  });

  test("a star on an index is what the index holds; a local index fetches what is named besides", async () => {
    const names = async (index: string) =>
      (
        await partiql.send(`SELECT * FROM Edge."${index}" WHERE ${index.startsWith("g") ? "gsiPk2 = 'y'" : "pk = 'p'"}`)
      ).Items?.map((item) => Object.keys(item).toSorted().join(" "));
    expect(new Set(await names("gsi-keys"))).toEqual(new Set(["gsiPk2 pk sk"]));
    expect(new Set(await names("gsi-inc"))).toEqual(new Set(["gsiPk2 pk projattr sk"]));
    expect(new Set(await names("lsi-keys"))).toEqual(new Set(["lsiSk pk sk"]));
    const { Items } = await partiql.send(`SELECT np FROM Edge."lsi-keys" WHERE pk = 'p'`);
    expect(Items?.map((item) => item["np"]?.S)).toEqual(["np1", "np2", "np4"]);
  });
});

describe("order and pages", () => {
  test.each<[string, string[]]>([
    [`pk = 'o1' ORDER BY sk DESC`, ["o1/3", "o1/2", "o1/1"]],
    [`pk = 'o1' ORDER BY sk`, ["o1/1", "o1/2", "o1/3"]],
    [`pk = 'o1' ORDER BY pk ASC`, ["o1/3", "o1/2", "o1/1"]],
    [`pk IN ['o1', 'o2'] ORDER BY pk DESC, sk ASC`, ["o2/1", "o2/2", "o2/3", "o1/1", "o1/2", "o1/3"]],
    [`pk IN ['o2', 'o1'] ORDER BY pk, sk DESC`, ["o1/3", "o1/2", "o1/1", "o2/3", "o2/2", "o2/1"]],
    [`pk = 'o1' AND sk IN ['1', '3'] ORDER BY sk DESC`, ["o1/3", "o1/1"]],
  ])("WHERE %s", async (rest, expected) => {
    const statement = `SELECT pk, sk FROM Edge WHERE ${rest}`;
    const show = (items: Attributes[] = []) => items.map((item) => `${item["pk"]?.S}/${item["sk"]?.S}`);
    expect(show((await partiql.send(statement)).Items)).toEqual(expected);
    for (const Limit of [1, 2, 4]) {
      const rows: string[] = [];
      let NextToken: string | undefined;
      do {
        const page = await partiql.send(statement, undefined, { Limit, NextToken });
        expect((page.Items ?? []).length).toBeLessThanOrEqual(Limit);
        rows.push(...show(page.Items));
        ({ NextToken } = page);
      } while (NextToken !== undefined);
      expect(rows).toEqual(expected);
    }
  });

  test.each([
    [`SELECT sk FROM Edge ORDER BY sk`, "Must have WHERE clause in the statement when using ORDER BY clause."],
    [
      `SELECT sk FROM Edge WHERE pk > 'a' ORDER BY sk`,
      "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.",
    ],
    [
      `SELECT sk FROM Edge WHERE pk = 'o1' ORDER BY total DESC`,
      "Attribute total in ORDER BY clause must be part of the primary key",
    ],
    [
      `SELECT sk FROM Edge WHERE pk IN ['o1', 'o2'] ORDER BY sk DESC`,
      "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.",
    ],
  ])("%s is refused", async (statement, message) => {
    expect(await refused(() => partiql.send(statement))).toBe(INVALID + message);
  });

  test("a token is bound to its statement and parameters, and not to the limit", async () => {
    const statement = `SELECT sk FROM Edge WHERE pk = ?`;
    const { NextToken } = await partiql.send(statement, [text("o1")], { Limit: 1 });
    const again = (given: string, pk: string, token = NextToken) =>
      refused(() => partiql.send(given, [text(pk)], { NextToken: token, Limit: 2 }));
    expect(await again(statement, "o1")).toBe("accepted");
    const mismatch = `${INVALID}NextToken does not match request`;
    expect(await again(statement, "o2")).toBe(mismatch);
    expect(await again(`${statement} AND sk > '0'`, "o1")).toBe(mismatch);
    expect(await again(`DELETE FROM Edge WHERE pk = ? AND sk = '1'`, "o1")).toBe(mismatch);
    expect(await again(statement, "o1", "garbage")).toBe(`${INVALID}Invalid NextToken`);
    expect(await again(statement, "o1", `${NextToken?.slice(0, -8)}AAAAAAA=`)).toBe(`${INVALID}Invalid NextToken`);
  });
});

describe("cost", () => {
  const cost = async (statement: string, more: object = {}) =>
    (await partiql.send(statement, undefined, { ReturnConsumedCapacity: "INDEXES", ...more })).ConsumedCapacity;

  test("a key is looked up, a partition is queried, anything else is a scan", async () => {
    const big = "x".repeat(40_000);
    for (const sk of ["1", "2"]) await partiql.put({ pk: text("big"), sk: text(sk), big: text(big) });
    expect(await cost(`SELECT sk FROM Edge WHERE pk = 'big' AND sk = '1'`)).toEqual({
      TableName: "Edge",
      CapacityUnits: 5,
      Table: { CapacityUnits: 5 },
    });
    expect((await cost(`SELECT sk FROM Edge WHERE pk = 'big' AND sk = '1' AND nope = 1`))?.CapacityUnits).toBe(5);
    expect((await cost(`SELECT sk FROM Edge WHERE pk = 'big' AND sk = '9'`))?.CapacityUnits).toBe(0.5);
    expect(
      (await cost(`SELECT sk FROM Edge WHERE pk = 'big' AND sk = '9'`, { ConsistentRead: true }))?.CapacityUnits,
    ).toBe(1);
    expect((await cost(`SELECT sk FROM Edge WHERE pk = 'big'`))?.CapacityUnits).toBe(10);
    expect((await cost(`SELECT sk FROM Edge WHERE pk = 'nobody' AND sk > '9'`))?.CapacityUnits).toBe(0.5);
    expect((await cost(`SELECT sk FROM Edge WHERE sk = '9'`))?.CapacityUnits).toBe(10);
  });

  test("reads of an index are charged to it, and what a local one fetches to the table", async () => {
    expect(await cost(`SELECT pk FROM Edge."gsi-all" WHERE gsiPk = 'x'`)).toEqual({
      TableName: "Edge",
      CapacityUnits: 0.5,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { "gsi-all": { CapacityUnits: 0.5 } },
    });
    expect(await cost(`SELECT np FROM Edge."lsi-keys" WHERE pk = 'p'`, { ConsistentRead: true })).toEqual({
      TableName: "Edge",
      CapacityUnits: 4,
      Table: { CapacityUnits: 3 },
      LocalSecondaryIndexes: { "lsi-keys": { CapacityUnits: 1 } },
    });
    expect((await cost(`SELECT np FROM Edge."lsi-keys" WHERE pk = 'p'`, { Limit: 1 }))?.Table).toEqual({
      CapacityUnits: 0.5,
    });
    expect((await cost(`SELECT lsiSk FROM Edge."lsi-keys" WHERE pk = 'p'`))?.Table).toEqual({ CapacityUnits: 0 });
  });

  test("a page ends at 1 MB", async () => {
    const big = "x".repeat(300_000);
    for (const sk of ["1", "2", "3", "4", "5"]) await partiql.put({ pk: text("mega"), sk: text(sk), big: text(big) });
    const first = await partiql.send(`SELECT sk FROM Edge WHERE pk = 'mega'`);
    expect(first.Items).toHaveLength(4);
    const { NextToken } = first;
    expect((await partiql.send(`SELECT sk FROM Edge WHERE pk = 'mega'`, undefined, { NextToken })).Items).toHaveLength(
      1,
    );
  });
});
