// Random parts of DynamoDB requests, right and wrong: attribute values, items, keys and expressions.

import type { Random } from "../../hangar/protocols/random-values.ts";

export type Json = unknown;
export type Bag = Record<string, Json>;

const NAMES = ["pk", "sk", "gk", "lk", "list", "name", "", "size", "é", "__proto__", "x".repeat(256)] as const;
const TEXTS = ["", "a", "b", "ab", "größe", "😀", "\u0000", "x".repeat(1025), "x".repeat(2049), "\uD800"] as const;
const NUMBERS = [
  "0",
  "1",
  "-1",
  "2.50",
  "1e125",
  "1e126",
  "1e-130",
  "1e-131",
  "0e400",
  "9".repeat(38),
  "9".repeat(39),
  "abc",
  "",
  " 1",
  "NaN",
  "1e9223372036854775808",
  "-0.000",
  "+7",
  ".5",
] as const;
const TYPES = ["S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"] as const;
const PATHS = ["a", "b", "c", "#n", "#m", "a.b", "b[0]", "#n.b[1]", "c.#m"];
const ODD_PATHS = ["pk", "sk", "list[99999999999]", "size", "a.", "a[b]", "a[-1]", "#", "list"];
/** Placeholders by the type of their value; `:v` and `:w` may have any. */
const TYPED: Readonly<Record<string, readonly string[]>> = {
  ":n": ["N"],
  ":t": ["S"],
  ":y": ["S"],
  ":l": ["L"],
  ":s": ["SS", "NS"],
  ":v": TYPES,
  ":w": TYPES,
};
const FUNCTIONS: Readonly<Record<string, string>> = {
  attribute_exists: "",
  attribute_not_exists: "",
  attribute_type: ", :y",
  begins_with: ", :t",
  contains: ", :v",
};
const COMPARATORS = ["=", "<>", "<", "<=", ">", ">="];

export class Parts {
  readonly random: Random;
  /** How likely each part of the present request is to be wrong. */
  wildness = 0;

  constructor(random: Random) {
    this.random = random;
  }

  chance(of: number): boolean {
    return this.random() < of;
  }

  /** Whether the next part is to be wrong. */
  wild(): boolean {
    return this.wildness > 0 && this.random() < this.wildness;
  }

  below(count: number): number {
    return Math.floor(this.random() * count);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  times<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }

  name(): string {
    return this.wild() ? this.pick(NAMES) : this.pick(["a", "b", "c", "map", "gk", "lk"]);
  }

  text(): string {
    return this.wild() ? this.pick(TEXTS) : this.pick(["a", "b", "c", "ab"]);
  }

  number(): string {
    return this.wild() ? this.pick(NUMBERS) : String(this.below(20) - 5);
  }

  bytes(): Json {
    return !this.wild() ? Buffer.from(this.text()).toString("base64") : this.pick(["=", "a", "????", 1]);
  }

  value(depth = 0, types: readonly string[] = TYPES): Json {
    if (this.wild()) return this.pick([{}, null, "x", 1, [], { S: 1 }, { X: "y" }, { S: "a", N: "1" }, { L: {} }]);
    if (this.chance(this.wildness / 10)) return this.nested(this.pick([31, 32, 40, 100, 1000]));
    const type = depth > 3 ? "S" : this.pick(types);
    switch (type) {
      case "S":
        return { S: this.text() };
      case "N":
        return { N: this.number() };
      case "B":
        return { B: this.bytes() };
      case "SS":
        return { SS: this.#members(() => this.text()) };
      case "NS":
        return { NS: this.#members(() => this.number()) };
      case "BS":
        return { BS: this.#members(() => this.bytes()) };
      case "M":
        return { M: this.item(depth + 1) };
      case "L":
        return { L: this.times(3, () => this.value(depth + 1)) };
      case "NULL":
        return { NULL: !this.wild() };
      default:
        return { BOOL: this.chance(0.5) };
    }
  }

  #members(make: () => Json): Json {
    return this.wild() ? this.times(3, make) : [...new Set([make(), ...this.times(2, make)])];
  }

  nested(depth: number): Json {
    let value: Json = { S: "leaf" };
    for (let level = 0; level < depth; level += 1) value = this.chance(0.5) ? { L: [value] } : { M: { a: value } };
    return value;
  }

  item(depth = 0): Bag {
    return Object.fromEntries(this.times(4, () => [this.name(), this.value(depth)]));
  }

  path(): string {
    return this.wild() ? this.pick(ODD_PATHS) : this.pick(PATHS);
  }

  operand(depth: number): string {
    const kind = this.random();
    if (this.wild())
      return `${this.pick(["size", "if_not_exists", "list_append", "nonsense"])}(${this.times(3, () => this.operand(depth + 1)).join(", ")})`;
    if (kind < 0.3) return this.wild() ? this.path() : "f";
    return this.wild() ? ":undefined" : this.pick([":v", ":w", ":n", ":t"]);
  }

  condition(depth = 0): string {
    if (this.chance(this.wildness / 5))
      return this.pick(["", " ", "(", "a =", "a = = b", "!!!", "(".repeat(2000), "a".repeat(5000)]);
    const kind = this.random();
    if (kind < 0.2 || depth > 4)
      return `${this.path()} ${this.wild() ? "==" : this.pick(COMPARATORS)} ${this.wild() ? this.operand(0) : this.pick([":n", ":t", "f", "size(a)"])}`;
    if (kind < 0.35) return `${this.path()} ${this.pick(["=", "<>"])} ${this.operand(0)}`;
    if (kind < 0.5) return this.#function();
    if (kind < 0.6) return `${this.path()} BETWEEN ${this.wild() ? this.operand(0) : "size(a)"} AND :n`;
    if (kind < 0.7) return `${this.path()} IN (${[":v", ...this.times(3, () => this.operand(0))].join(", ")})`;
    if (kind < 0.8) return `NOT ${this.condition(depth + 1)}`;
    if (kind < 0.85) return `(${this.condition(depth + 1)}) AND attribute_exists(a)`;
    return `${this.condition(depth + 1)} ${this.pick(["AND", "OR", "and"])} ${this.condition(depth + 1)}`;
  }

  #function(): string {
    if (this.wild())
      return `${this.pick(["size", "x", "contains"])}(${this.times(3, () => this.operand(1)).join(", ")})`;
    const name = this.pick(Object.keys(FUNCTIONS));
    return `${name}(${this.path()}${FUNCTIONS[name]})`;
  }

  update(): string {
    if (this.wild())
      return this.pick([
        "",
        "SET",
        "INVALID SYNTAX HERE",
        `SET a = ${"(".repeat(2000)}`,
        "REMOVE",
        "SET a = :v, a.b = :v",
      ]);
    const paths = this.#some(["a", "b", "c", "#n", "d.#m", "e[1]"]);
    const section = (path: string, kind: string): string => {
      if (kind === "SET") return `${path} = ${this.#assigned()}`;
      return kind === "REMOVE"
        ? path
        : `${path} ${this.wild() ? ":v" : kind === "ADD" ? this.pick([":n", ":s"]) : ":s"}`;
    };
    const kinds = this.wild() ? ["SET", "SET"] : this.#some(["SET", "REMOVE", "ADD", "DELETE"]);
    return kinds
      .slice(0, paths.length)
      .map((kind, index) => {
        const own = paths.filter((_path, at) => at % kinds.length === index);
        return `${kind} ${own.map((path) => section(path, kind)).join(", ")}`;
      })
      .join(" ");
  }

  #assigned(): string {
    if (this.wild()) return this.operand(0);
    return this.pick([
      ":v",
      ":w",
      ":n",
      "if_not_exists(f, :v)",
      "if_not_exists(f, :n) + :n",
      ":n - :n",
      "list_append(:l, :l)",
      "list_append(if_not_exists(f, :l), :l)",
    ]);
  }

  /** At least one of `items`, in their order. */
  #some<T>(items: readonly T[]): T[] {
    const chosen = items.filter(() => this.chance(0.4));
    return chosen.length > 0 ? chosen : [this.pick(items)];
  }

  projection(): string {
    return this.wild()
      ? this.times(4, () => this.path()).join(", ")
      : this.#some(["pk", "a", "b[0]", "c.#m", "#n", "b[2]"]).join(", ");
  }

  /** Definitions for the placeholders of `texts`, now and then one too few or too many. */
  placeholders(texts: readonly (string | undefined)[]): Bag {
    const all = texts.join(" ");
    const found = (pattern: RegExp): string[] => [...new Set(all.match(pattern) ?? [])].filter(() => !this.wild());
    const names = found(/#\w+/g).map((name) => [name, this.wild() ? this.text() : this.pick(["d", "e", "f"])]);
    const values = found(/:[vwntlsy]\b/g).map((name) => [
      name,
      name === ":y" && !this.wild() ? { S: "N" } : this.value(0, TYPED[name]),
    ]);
    if (this.wild()) names.push(["#unused", "a"]);
    if (this.wild()) values.push([":unused", { S: "a" }]);
    return {
      ...((names.length > 0 || this.chance(this.wildness / 10)) && {
        ExpressionAttributeNames: Object.fromEntries(names),
      }),
      ...((values.length > 0 || this.chance(this.wildness / 10)) && {
        ExpressionAttributeValues: Object.fromEntries(values),
      }),
    };
  }
}
