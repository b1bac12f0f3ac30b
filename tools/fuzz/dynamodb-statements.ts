// Random PartiQL statements: by the grammar, with a token of them taken away, doubled or put elsewhere now and then.

import type { Bag, Parts } from "./dynamodb-values.ts";

const NAMES = ["pk", "sk", "gk", "lk", "a", "b", "c", '"c d"'];
const ODD_NAMES = ["list", '""', "é", '"__proto__"', "from", "x.inner"];
const NUMBERS = ["0", "1", "-1", "- -2", "1.50", ".5", "1e3"];
const ODD_NUMBERS = ["1e126", "1e99999999999", "9".repeat(39), "1e"];
const TEXTS = ["''", "'a'", "'b'", "'it''s'", "'größe'"];
const ODD_TEXTS = ["'\u0000'", `'${"x".repeat(1030)}'`, "'"];
const PLAIN = [{ S: "a" }, { S: "b" }, { N: "1" }, { N: "2" }, { BOOL: true }, { SS: ["a", "b"] }, { L: [{ N: "1" }] }];
const ODD = [
  ..."( ) [ ] { } << >> , . ; : ? * + - / % = <> < > <= != || @ ! # ` ' \" -- /*".split(" "),
  ..."SELECT FROM WHERE ORDER BY AND OR NOT IN IS MISSING NULL BETWEEN SET REMOVE RETURNING ALL OLD EXISTS LIKE CASE INTO".split(
    " ",
  ),
];

/** Random requests of the three operations that take statements. */
export function partiql(
  parts: Parts,
  table: () => string,
  some: (...names: readonly string[]) => Bag,
): Readonly<Record<string, () => Bag>> {
  const statements = new Statements(parts);
  const several = (): Bag[] => parts.times(3, () => statements.next(table()));
  return {
    ExecuteStatement: () => ({
      ...statements.next(table()),
      ...(parts.chance(0.3) && { Limit: parts.pick([1, 2, 100]) }),
      ...(parts.chance(0.02) && { NextToken: parts.pick(["x", "AAAA", "e30="]) }),
      ...some("ReturnConsumedCapacity"),
    }),
    BatchExecuteStatement: () => ({ Statements: several(), ...some("ReturnConsumedCapacity") }),
    ExecuteTransaction: () => ({
      TransactStatements: several(),
      ...(parts.chance(0.1) && { ClientRequestToken: parts.pick(["t1", "t2", "x".repeat(37)]) }),
      ...some("ReturnConsumedCapacity"),
    }),
  };
}

class Statements {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A statement with as many parameters as it has question marks, most of the time. */
  next(given: string): Bag {
    const parts = this.#parts;
    const table = given === "Bytes" && !parts.wild() ? "Both" : given;
    const written = parts.chance(0.02) ? this.#long() : this.#statement(table);
    const Statement = parts.wild() || parts.chance(0.03) ? this.#spoilt(written) : written;
    const marks = Statement.split("?").length - 1 + (parts.wild() ? 1 : 0);
    return {
      Statement,
      ...(marks > 0 && {
        Parameters: Array.from({ length: marks }, () => (parts.wild() ? parts.value() : parts.pick(PLAIN))),
      }),
      ...(parts.chance(0.1) && { ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
      ...(parts.chance(0.1) && { ConsistentRead: parts.chance(0.5) }),
    };
  }

  #long(): string {
    return this.#parts.pick([
      "x".repeat(8193),
      `SELECT * FROM Hash WHERE ${"(".repeat(8000)}`,
      `SELECT * FROM Hash WHERE ${"NOT ".repeat(2000)}a = 1`,
      `SELECT * FROM Hash WHERE a = 1 ${"AND a = 1 ".repeat(800)}`,
      `SELECT * FROM Hash WHERE (pk='a' OR pk='b') ${"AND (pk='a' OR pk='b') ".repeat(300)}`,
      `INSERT INTO Hash VALUE {'pk': ${"[".repeat(100)}1${"]".repeat(100)}}`,
      `INSERT INTO Hash VALUE {'pk': ${"{'a':".repeat(1600)}`,
      `UPDATE Hash SET a = ${"a + ".repeat(1500)} 1 WHERE pk = 'a'`,
      `SELECT a${".a".repeat(4000)} FROM Hash`,
      `SELECT a${"[0]".repeat(2500)} FROM Hash`,
      `SELECT * FROM Hash WHERE a = ${"-".repeat(8000)}1`,
      `SELECT * FROM Hash WHERE a = ${"- ".repeat(4000)}1`,
    ]);
  }

  #statement(table: string): string {
    const parts = this.#parts;
    const name = parts.chance(0.5) ? table : `"${table}"`;
    const where = ` WHERE ${this.#keyed()}${parts.chance(0.4) ? ` AND ${this.#condition(2)}` : ""}`;
    const kind = parts.below(10);
    if (kind < 4) return this.#select(name, where);
    if (kind < 6)
      return `INSERT INTO ${name} VALUE {'pk': ${this.#value()}, 'sk': ${this.#value()}, 'a': ${this.#literal(3)}}`;
    if (kind === 6) return `DELETE FROM ${name}${where}${this.#returning()}`;
    if (kind === 7 && parts.chance(0.4)) return `EXISTS(${this.#select(name, where)})`;
    const actions = parts.times(3, () => this.#action()).join(" ");
    if (kind === 8) return `FROM ${name}${where} ${actions}${this.#returning()}`;
    return `UPDATE ${name} ${actions || this.#action()}${where}${this.#returning()}`;
  }

  #select(name: string, where: string): string {
    const parts = this.#parts;
    const columns = parts.chance(0.5) ? "*" : [this.#path(), ...parts.times(2, () => this.#path())].join(", ");
    const index = parts.chance(0.2) ? `."${parts.pick(["global", "local", "none", ""])}"` : "";
    const filter = parts.chance(0.2) ? "" : parts.chance(0.3) ? ` WHERE ${this.#condition(3)}` : where;
    const order = parts.chance(0.2)
      ? ` ORDER BY ${parts.pick(["pk", "sk", "a"])} ${parts.pick(["ASC", "DESC", ""])}`
      : "";
    const limit = parts.chance(0.02) ? " LIMIT 5" : "";
    return `SELECT ${columns} FROM ${name}${index}${filter}${order}${limit}`;
  }

  /** What names an item, its partition, or several of them. */
  #keyed(): string {
    const parts = this.#parts;
    if (parts.chance(0.4)) return `pk = ${parts.pick(["'a'", "'b'"])} AND sk = ${parts.pick(["1", "0"])}`;
    const pk = parts.pick([`pk = 'a'`, `pk = ?`, `pk IN ['a', 'b']`, `'a' = pk`, `(pk = 'a' OR pk = 'b')`]);
    const sk = parts.pick(["", "sk = ?", "sk > 0", "sk BETWEEN 0 AND 2", "NOT sk = 1", "sk IN [1, 2]"]);
    return sk === "" ? pk : `${pk} AND ${sk}`;
  }

  #returning(): string {
    return this.#parts.chance(0.3)
      ? ` RETURNING ${this.#parts.pick(["ALL", "MODIFIED"])} ${this.#parts.pick(["OLD", "NEW"])} ${this.#parts.wild() ? "a" : "*"}`
      : "";
  }

  #action(): string {
    const path = this.#path();
    return this.#parts.pick([
      () => `SET ${path} = ${this.#value()}`,
      () => `SET ${path} = ${this.#path()} ${this.#parts.pick(["+", "-"])} ${this.#value()}`,
      () => `SET ${path} = list_append(${path}, ${this.#value()})`,
      () => `SET ${path} = if_not_exists(${this.#path()}, ${this.#value()})`,
      () => `SET ${path} = ${this.#parts.pick(["set_add", "set_delete"])}(${path}, ${this.#value()})`,
      () => `REMOVE ${path}`,
    ])();
  }

  #path(): string {
    const parts = this.#parts;
    if (parts.chance(0.6)) return parts.pick(["a", "b", "c"]);
    const more = parts.times(2, () =>
      parts.wild() ? parts.pick(["[-1]", "[2147483648]", "[*]", ".*"]) : parts.pick([".b", '."c d"', "[0]", "['x']"]),
    );
    return this.#name() + more.join("");
  }

  #name(): string {
    return this.#parts.pick(this.#parts.wild() ? ODD_NAMES : NAMES);
  }

  #scalar(): string {
    const parts = this.#parts;
    if (parts.wild()) return parts.pick([...ODD_NUMBERS, ...ODD_TEXTS, "MISSING", "`ion`"]);
    return parts.pick([parts.pick(NUMBERS), parts.pick(TEXTS), "true", "FALSE", "null"]);
  }

  #ordered(): string {
    return this.#parts.wild() ? this.#value() : this.#parts.pick(["1", "2.5", "1e3"]);
  }

  #value(): string {
    return this.#parts.chance(0.4) ? "?" : this.#literal(2);
  }

  #literal(depth: number): string {
    const parts = this.#parts;
    const inner = (): string => this.#literal(depth - 1);
    if (depth === 0 || parts.chance(0.6)) return this.#scalar();
    return parts.pick([
      () => `[${parts.times(3, inner).join(", ")}]`,
      () => (parts.wild() ? `<<${parts.times(3, inner).join(", ")}>>` : parts.pick(["<<1, 2>>", "<<'a', 'b'>>"])),
      () => (parts.wild() ? `{${inner()}: ${inner()}}` : `{'k': ${inner()}, 'l': ${inner()}}`),
    ])();
  }

  #condition(depth: number): string {
    const parts = this.#parts;
    const inner = (): string => this.#condition(depth - 1);
    if (depth > 0 && parts.chance(0.4))
      return parts.pick([
        () => `${inner()} AND ${inner()}`,
        () => `(${inner()} OR ${inner()})`,
        () => `NOT ${inner()}`,
        () => `(${inner()}) = true`,
      ])();
    const path = this.#path();
    return parts.pick([
      () => `${path} ${parts.pick(["=", "<>", "!="])} ${this.#value()}`,
      () => `${path} ${parts.pick(["<", "<=", ">", ">="])} ${this.#ordered()}`,
      () => `${path} ${parts.pick(["", "NOT "])}BETWEEN ${parts.wild() ? this.#value() : "0"} AND ${this.#ordered()}`,
      () => `${path} ${parts.pick(["", "NOT "])}IN [${[this.#value(), this.#value()].join(", ")}]`,
      () => `${path} IS ${parts.pick(["", "NOT "])}${parts.pick(["MISSING", "NULL", "STRING", "LIST", "INT", "x"])}`,
      () => `contains(${path}, ${this.#value()})`,
      () => `begins_with(${path}, ${parts.wild() ? this.#value() : "'a'"})`,
      () => `attribute_type(${path}, ${parts.wild() ? this.#value() : "'S'"})`,
      () => `attribute_${parts.pick(["exists", "not_exists"])}(${path})`,
      () => `size(${path}) > ${this.#ordered()}`,
    ])();
  }

  /** The same with tokens missing, doubled or strange. */
  #spoilt(statement: string): string {
    const parts = this.#parts;
    const tokens = statement.split(/(\s+|[(),.[\]{}])/);
    const at = parts.below(tokens.length);
    const change = parts.pick(["drop", "double", "odd", "cut"]);
    if (change === "cut") return tokens.slice(0, at).join("");
    tokens.splice(
      at,
      change === "drop" ? 1 : 0,
      ...(change === "drop" ? [] : [change === "odd" ? parts.pick(ODD) : (tokens[at] ?? "")]),
    );
    return tokens.join("");
  }
}
