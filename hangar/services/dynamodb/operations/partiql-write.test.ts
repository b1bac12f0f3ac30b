// What INSERT, UPDATE and DELETE change, return and refuse. Answers as recorded from AWS by the suites dynamodb-conformance and floci.

import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { partiqlCloud, refused, type Attributes } from "../rules/partiql/test-cloud.ts";

let partiql: Awaited<ReturnType<typeof partiqlCloud>>;
const text = (value: string) => ({ S: value });
const INVALID = "ValidationException: ";
const FAILED = "ConditionalCheckFailedException: The conditional request failed";
const WRONG_TYPE = `${INVALID}An operand in the update expression has an incorrect data type`;
const NO_KEY = `${INVALID}Where clause does not contain a mandatory equality on all key attributes`;

beforeAll(async () => {
  partiql = await partiqlCloud("partiql-write");
});
afterAll(async () => {
  expect(partiql.cloud.bugs).toEqual([]);
  await partiql.cloud.close();
});

/** An item of `Single` with these attributes; answers its key. */
async function made(pk: string, attributes: Attributes = {}): Promise<string> {
  await partiql.put({ pk: text(pk), ...attributes }, "Single");
  return pk;
}
const stored = async (pk: string) => {
  const { pk: _, ...rest } = (await partiql.get(pk)) ?? {};
  return rest;
};

describe("INSERT", () => {
  test("writes every type of literal and whole parameters, and answers no items", async () => {
    const { Items } = await partiql.send(
      `INSERT INTO "Single" VALUE {'pk': ?, 'n': 1.50, 'm': {'a': [1, 'x', null]}, 'ns': <<1, 34, 4.5>>, 'ss': <<'a', 'b'>>, 'b': true, 'bin': ?}`,
      [text("all"), { B: new Uint8Array([1]) }],
    );
    expect(Items).toEqual([]);
    expect(await stored("all")).toEqual({
      n: { N: "1.5" },
      m: { M: { a: { L: [{ N: "1" }, text("x"), { NULL: true }] } } },
      ns: { NS: ["1", "34", "4.5"] },
      ss: { SS: ["a", "b"] },
      b: { BOOL: true },
      bin: { B: new Uint8Array([1]) },
    });
  });

  test("never writes over an item, and shows it where asked", async () => {
    await made("taken", { a: text("x") });
    const again = `INSERT INTO Single VALUE {'pk': 'taken', 'a': 'y'}`;
    await expect(
      partiql.send(again, undefined, { ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
    ).rejects.toMatchObject({
      name: "DuplicateItemException",
      message: "Duplicate primary key exists in table",
    });
    expect(await stored("taken")).toEqual({ a: text("x") });
    await partiql.send(`DELETE FROM Single WHERE pk = 'taken'`);
    await partiql.send(again);
    expect(await stored("taken")).toEqual({ a: text("y") });
  });

  test.each([
    [
      `INSERT INTO Single VALUE {'a': 1}`,
      `${INVALID}One or more parameter values were invalid: Missing the key pk in the item`,
    ],
    [
      `INSERT INTO Single VALUE {'pk': 1}`,
      `${INVALID}One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N`,
    ],
    [`INSERT INTO "Missing" VALUE {'pk': 'x'}`, "ResourceNotFoundException: Requested resource not found"],
  ])("%s is refused", async (statement, message) => {
    expect(await refused(() => partiql.send(statement))).toBe(message);
  });

  test("an item above 400 KB is refused", async () => {
    const big = { S: "x".repeat(410_000) };
    expect(await refused(() => partiql.send(`INSERT INTO Single VALUE {'pk': 'big', 'v': ?}`, [big]))).toBe(
      `${INVALID}Item size has exceeded the maximum allowed size`,
    );
  });
});

describe("UPDATE", () => {
  const start = (): Attributes => ({
    a: { N: "1" },
    b: text("bee"),
    m: { M: { sub: text("old"), sib: text("keep") } },
    l: { L: [text("a"), text("b"), text("c")] },
    ss: { SS: ["a", "b"] },
    ns: { NS: ["1", "2"] },
  });
  test.each<[string, Attributes, AttributeValue[]?]>([
    [`SET a = 2, c = 'x'`, { a: { N: "2" }, c: text("x") }],
    [`SET a = a + 1 - - 2 SET c = b`, { a: { N: "4" }, c: text("bee") }],
    [`SET a=a-1`, { a: { N: "0" } }],
    [`SET a = (a + 1) - 5 REMOVE b`, { a: { N: "-3" }, b: undefined as never }],
    [`SET m.sub = ? REMOVE m.sib`, { m: { M: { sub: { BOOL: true } } } }, [{ BOOL: true }]],
    [`SET m."new key"[0] = 1`, {}],
    [`SET l[1] = 'x' SET l[9] = 'end'`, { l: { L: [text("a"), text("x"), text("c"), text("end")] } }],
    [`REMOVE l[0]`, { l: { L: [text("b"), text("c")] } }],
    [`SET l = list_append(['0'], l)`, { l: { L: ["0", "a", "b", "c"].map(text) } }],
    [`SET c = if_not_exists(c, 7) SET a = if_not_exists(a, 7)`, { c: { N: "7" } }],
    [
      `SET ss = set_add(ss, <<'b', 'z'>>) SET ns = SET_DELETE(ns, <<1, 7>>)`,
      { ss: { SS: ["a", "b", "z"] }, ns: { NS: ["2"] } },
    ],
    [`SET fresh = set_add(fresh, ?)`, { fresh: { NS: ["5"] } }, [{ NS: ["5"] }]],
    [`SET ss = set_delete(ss, <<'a', 'b'>>) SET never = set_delete(never, <<1>>)`, { ss: undefined as never }],
  ])("%s", async (actions, changes, parameters) => {
    const pk = await made("changed", start());
    const answer = await refused(() => partiql.send(`UPDATE Single ${actions} WHERE pk = '${pk}'`, parameters));
    if (Object.keys(changes).length === 0)
      expect(answer).toBe(`${INVALID}The document path provided in the update expression is invalid for update`);
    else expect(answer).toBe("accepted");
    const expected = Object.fromEntries(
      Object.entries({ ...start(), ...changes }).filter(([, value]) => value !== undefined),
    );
    expect(await stored(pk)).toEqual(expected);
  });

  test.each<[string, Attributes[]]>([
    [`SET b = 'new' WHERE pk = 'r' RETURNING MODIFIED OLD *`, [{ b: text("bee") }]],
    [`SET b = 'new' WHERE pk = 'r' RETURNING MODIFIED NEW *`, [{ b: text("new") }]],
    [`SET c = 'new' WHERE pk = 'r' RETURNING MODIFIED OLD *`, []],
    [`REMOVE b WHERE pk = 'r' RETURNING MODIFIED NEW *`, []],
    [`REMOVE b WHERE pk = 'r' RETURNING modified old *`, [{ b: text("bee") }]],
    [`SET m.sub = 'new' WHERE pk = 'r' RETURNING MODIFIED NEW *`, [{ m: { M: { sub: text("new") } } }]],
    [`SET l[2] = 'y', l[0] = 'x' WHERE pk = 'r' RETURNING MODIFIED NEW *`, [{ l: { L: [text("x"), text("y")] } }]],
    [`SET l[2] = 'y', l[0] = 'x' WHERE pk = 'r' RETURNING MODIFIED OLD *`, [{ l: { L: [text("a"), text("c")] } }]],
    [`SET l[5] = 'z' WHERE pk = 'r' RETURNING MODIFIED NEW *`, []],
    [`REMOVE l[1] WHERE pk = 'r' RETURNING MODIFIED NEW *`, [{ l: { L: [text("c")] } }]],
    [`SET b = 'n' WHERE pk = 'r' RETURNING ALL OLD *`, [{ pk: text("r"), ...start() }]],
    [`SET b = 'n' WHERE pk = 'r' RETURNING ALL NEW *`, [{ pk: text("r"), ...start(), b: text("n") }]],
    [`SET b = 'n' WHERE pk = 'r'`, []],
  ])("%s", async (rest, items) => {
    await made("r", start());
    expect((await partiql.send(`UPDATE Single ${rest}`)).Items).toEqual(items);
  });

  test.each([
    [`UPDATE Single SET a = 1 WHERE pk = 'ghost'`, FAILED],
    [`UPDATE Single SET a = 1 WHERE pk = 'ghost' AND attribute_not_exists(pk)`, FAILED],
    [`UPDATE Single SET a = 9 WHERE pk = 'guarded' AND b = 'other'`, FAILED],
    [`UPDATE Single SET a = 9 WHERE (pk = 'guarded' AND b = 'other') AND a = 1`, FAILED],
    [`UPDATE Single SET a = 9 WHERE b = 'bee'`, NO_KEY],
    [`UPDATE Single SET a = 9 WHERE pk IN ['guarded']`, NO_KEY],
    [`UPDATE Single SET a = 9 WHERE pk > 'guarded'`, NO_KEY],
    [`UPDATE Single SET a = 9 WHERE pk = 'guarded' OR pk = 'other'`, NO_KEY],
    [`UPDATE Single SET a = 9`, NO_KEY],
    [`FROM Single SET a = 9`, NO_KEY],
    [
      `UPDATE Single SET a = 9 WHERE pk = 'guarded' AND pk = 'other'`,
      `${INVALID}Multiple conditions on same key pk. Only single item Update/Insert/Delete are supported`,
    ],
    [`UPDATE Single SET a = 9 WHERE pk = 1`, `${INVALID}The provided key element does not match the schema`],
    [
      `UPDATE Single SET pk = 'x' WHERE pk = 'guarded'`,
      `${INVALID}One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key`,
    ],
    [`UPDATE Single SET ss = set_add(ss, <<1>>) WHERE pk = 'guarded'`, WRONG_TYPE],
    [`UPDATE Single SET b = b + 1 WHERE pk = 'guarded'`, WRONG_TYPE],
    [
      `UPDATE Single SET n = list_append(n, [1]) WHERE pk = 'guarded'`,
      `${INVALID}The provided expression refers to an attribute that does not exist in the item`,
    ],
  ])("%s is refused and changes nothing", async (statement, message) => {
    await made("guarded", start());
    expect(await refused(() => partiql.send(statement))).toBe(message);
    expect(await stored("guarded")).toEqual(start());
    expect(await partiql.get("ghost")).toBeUndefined();
  });

  test("a failed condition shows its item where asked", async () => {
    await made("shown", { a: { N: "1" } });
    await expect(
      partiql.send(`UPDATE Single SET a = 2 WHERE pk = 'shown' AND a = 5`, undefined, {
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    ).rejects.toMatchObject({ name: "ConditionalCheckFailedException", Item: { pk: text("shown"), a: { N: "1" } } });
  });

  test("in PartiQL's own order too: FROM, WHERE, SET", async () => {
    await made("from", start());
    const { Items } = await partiql.send(
      `from "Single" where pk = ? and a = 1 set c = ? remove m remove l returning all new *`,
      [text("from"), { N: "7" }],
    );
    expect(Items?.[0]).toMatchObject({ c: { N: "7" } });
    expect(Object.keys(await stored("from")).toSorted()).toEqual(["a", "b", "c", "ns", "ss"]);
  });

  test("an update may not leave an item deeper than 32 levels", async () => {
    await made("deep", { m: { M: {} } });
    const deep = (levels: number): AttributeValue => (levels === 0 ? text("x") : { M: { a: deep(levels - 1) } });
    const run = (levels: number) =>
      refused(() => partiql.send(`UPDATE Single SET m.deep = ? WHERE pk = 'deep'`, [deep(levels)]));
    expect(await run(31)).toBe(`${INVALID}Nesting Levels have exceeded supported limits`);
    expect(await run(30)).toBe("accepted");
  });
});

describe("DELETE", () => {
  test("takes an item away, whether it is there or not, and returns it where asked", async () => {
    await made("gone", { a: { N: "1" } });
    const returning = `DELETE FROM Single WHERE pk = 'gone' AND a = 1 RETURNING ALL OLD *`;
    expect((await partiql.send(returning)).Items).toEqual([{ pk: text("gone"), a: { N: "1" } }]);
    expect((await partiql.send(returning)).Items).toEqual([]);
  });

  test.each([
    [`DELETE FROM Single WHERE pk = 'kept' AND a = 2`, FAILED],
    [`DELETE FROM Single WHERE pk = 'kept' AND attribute_exists(nope)`, FAILED],
    [`DELETE FROM Single WHERE a = 1`, NO_KEY],
    [`DELETE FROM Single`, NO_KEY],
    [`DELETE FROM Edge WHERE pk = 'kept'`, NO_KEY],
  ])("%s is refused and takes nothing away", async (statement, message) => {
    await made("kept", { a: { N: "1" } });
    expect(await refused(() => partiql.send(statement))).toBe(message);
    expect(await stored("kept")).toEqual({ a: { N: "1" } });
  });
});

test("writes cost what the same writes of items cost", async () => {
  const cost = async (statement: string) =>
    (await partiql.send(statement, undefined, { ReturnConsumedCapacity: "INDEXES" })).ConsumedCapacity;
  expect(await cost(`INSERT INTO Edge VALUE {'pk': 'c', 'sk': '1', 'gsiPk': 'x', 'gsiPk2': 'y'}`)).toEqual({
    TableName: "Edge",
    CapacityUnits: 4,
    Table: { CapacityUnits: 1 },
    GlobalSecondaryIndexes: {
      "gsi-all": { CapacityUnits: 1 },
      "gsi-keys": { CapacityUnits: 1 },
      "gsi-inc": { CapacityUnits: 1 },
    },
  });
  expect((await cost(`DELETE FROM Edge WHERE pk = 'c' AND sk = '2'`))?.CapacityUnits).toBe(1);
});
