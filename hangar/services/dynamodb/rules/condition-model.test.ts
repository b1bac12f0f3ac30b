// Conditions of every kind mean what a plain reading of them says.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { AttributeValue, Item } from "./attribute-value.ts";
import { bindCondition } from "./bind-condition.ts";
import { Bindings } from "./bindings.ts";
import { meets } from "./bound-condition.ts";
import { conditionTree } from "./expressions.ts";
import { normalNumber } from "./decimal.ts";

const NAMES = ["a", "b", "c"] as const;
const numbers = fc.constantFrom("-10", "-1.5", "0", "2", "10", "1e2");
const texts = fc.constantFrom("", "a", "ab", "b", "é", "\uffff", "😀");
const blobs = fc.uint8Array({ maxLength: 2 });
const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
  numbers.map((N) => ({ N })),
  texts.map((S) => ({ S })),
  blobs.map((B) => ({ B })),
);
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  { weight: 5, arbitrary: scalar },
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true }),
  fc.uniqueArray(numbers, { minLength: 1, maxLength: 3 }).map((NS) => ({ NS })),
  fc.uniqueArray(texts, { minLength: 1, maxLength: 3 }).map((SS) => ({ SS })),
  fc.array(scalar, { maxLength: 2 }).map((L) => ({ L })),
  fc.dictionary(fc.constantFrom("x", "y"), scalar, { maxKeys: 2 }).map((M) => ({ M })),
);
const item: fc.Arbitrary<Item> = fc.record(
  { a: value, b: value, c: value },
  { requiredKeys: [] },
) as fc.Arbitrary<Item>;

/** A value as something that `===` and `<` understand. */
function plain(of: AttributeValue): unknown {
  if (of.N !== undefined) return `N${Number(of.N)}`;
  if (of.S !== undefined) return `S${of.S}`;
  if (of.B !== undefined) return `B${Buffer.from(of.B).toString("hex")}`;
  if (of.NS !== undefined) return `NS${JSON.stringify(of.NS.map(Number).toSorted((x, y) => x - y))}`;
  if (of.SS !== undefined) return `SS${JSON.stringify(of.SS.toSorted())}`;
  if (of.L !== undefined) return `L${JSON.stringify(of.L.map(plain))}`;
  if (of.M !== undefined)
    return `M${JSON.stringify(
      Object.entries(of.M)
        .map(([name, each]) => `${name} ${String(plain(each))}`)
        .toSorted(),
    )}`;
  return JSON.stringify(of);
}

function order(left: AttributeValue, right: AttributeValue): number | undefined {
  if (left.N !== undefined && right.N !== undefined) return Number(left.N) - Number(right.N);
  if (left.S !== undefined && right.S !== undefined) return Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
  if (left.B !== undefined && right.B !== undefined) return Buffer.compare(left.B, right.B);
  return undefined;
}

function size(of: AttributeValue): number | undefined {
  if (of.S !== undefined) return Buffer.byteLength(of.S);
  if (of.M !== undefined) return Object.keys(of.M).length;
  return (of.B ?? of.SS ?? of.NS ?? of.L)?.length;
}

type Meaning = (of: Item) => boolean;
/** A condition's text, the values it uses and what it says. NOT binds to what is next to it: not to all that is joined. */
type Said = {
  readonly joined?: true;
  readonly text: string;
  readonly values: readonly AttributeValue[];
  readonly says: Meaning;
};

const name = fc.constantFrom(...NAMES);
const ORDERINGS = {
  "<": (n: number) => n < 0,
  "<=": (n: number) => n <= 0,
  ">": (n: number) => n > 0,
  ">=": (n: number) => n >= 0,
};

const leaf: fc.Arbitrary<Said> = fc.oneof(
  fc.tuple(name, value).map(([at, v]): Said => ({
    text: `${at} = ?`,
    values: [v],
    says: (of) => of[at] !== undefined && plain(of[at]) === plain(v),
  })),
  fc.tuple(name, value).map(([at, v]): Said => ({
    text: `${at} <> ?`,
    values: [v],
    says: (of) => of[at] === undefined || plain(of[at]) !== plain(v),
  })),
  fc
    .tuple(name, fc.constantFrom(...(Object.keys(ORDERINGS) as (keyof typeof ORDERINGS)[])), scalar)
    .map(([at, operator, v]): Said => ({
      text: `${at} ${operator} ?`,
      values: [v],
      says: (of) => {
        const by = of[at] === undefined ? undefined : order(of[at], v);
        return by !== undefined && ORDERINGS[operator](by);
      },
    })),
  fc.tuple(name, numbers, numbers).map(([at, one, two]): Said => {
    const [lower, upper] = [one, two].toSorted((x, y) => Number(x) - Number(y)) as [string, string];
    return {
      text: `${at} BETWEEN ? AND ?`,
      values: [{ N: lower }, { N: upper }],
      says: (of) => of[at]?.N !== undefined && Number(of[at].N) >= Number(lower) && Number(of[at].N) <= Number(upper),
    };
  }),
  fc.tuple(name, fc.array(value, { minLength: 1, maxLength: 4 })).map(([at, list]): Said => ({
    text: `${at} IN (${list.map(() => "?").join(", ")})`,
    values: list,
    says: (of) => of[at] !== undefined && list.some((v) => plain(of[at] as AttributeValue) === plain(v)),
  })),
  fc.tuple(name, fc.boolean()).map(([at, there]): Said => ({
    text: `attribute_${there ? "" : "not_"}exists(${at})`,
    values: [],
    says: (of) => (of[at] !== undefined) === there,
  })),
  fc.tuple(name, fc.constantFrom("S", "N", "B", "NULL", "BOOL", "SS", "NS", "L", "M")).map(([at, type]): Said => ({
    text: `attribute_type(${at}, ?)`,
    values: [{ S: type }],
    says: (of) => of[at] !== undefined && Object.keys(of[at])[0] === type,
  })),
  fc.tuple(name, texts).map(([at, prefix]): Said => ({
    text: `begins_with(${at}, ?)`,
    values: [{ S: prefix }],
    says: (of) => of[at]?.S?.startsWith(prefix) === true,
  })),
  fc.tuple(name, scalar).map(([at, part]): Said => ({
    text: `contains(${at}, ?)`,
    values: [part],
    says: (of) => {
      const whole = of[at];
      if (whole?.S !== undefined) return part.S !== undefined && whole.S.includes(part.S);
      if (whole?.B !== undefined) return part.B !== undefined && Buffer.from(whole.B).includes(Buffer.from(part.B));
      const members = whole?.L ?? whole?.SS?.map((S) => ({ S })) ?? whole?.NS?.map((N) => ({ N })) ?? [];
      return members.some((member) => plain(member) === plain(part));
    },
  })),
  fc.tuple(name, fc.integer({ min: 0, max: 4 })).map(([at, length]): Said => ({
    text: `size(${at}) = ?`,
    values: [{ N: String(length) }],
    says: (of) => of[at] !== undefined && size(of[at]) === length,
  })),
  fc.uniqueArray(name, { minLength: 2, maxLength: 2 }).map(([one, two]): Said => {
    const [left, right] = [one as string, two as string];
    return {
      text: `${left} = ${right}`,
      values: [],
      says: (of) => of[left] !== undefined && of[right] !== undefined && plain(of[left]) === plain(of[right]),
    };
  }),
);

const { said } = fc.letrec<{ said: Said }>((tie) => ({
  said: fc.oneof(
    { depthSize: "small" },
    leaf,
    tie("said").map(({ text, values, says, joined }): Said => ({
      text: joined === true ? `NOT (${text})` : `NOT ${text}`,
      values,
      says: (of) => !says(of),
    })),
    fc.tuple(tie("said"), fc.constantFrom("AND", "OR"), tie("said")).map(([left, word, right]): Said => ({
      text: `(${left.text}) ${word} (${right.text})`,
      joined: true,
      values: [...left.values, ...right.values],
      says: (of) => (word === "AND" ? left.says(of) && right.says(of) : left.says(of) || right.says(of)),
    })),
  ),
}));

/** As a request would bring it: numbers are written anew when they are stored. */
function stored(of: Item): Item {
  const rewritten = (each: AttributeValue): AttributeValue => {
    if (each.N !== undefined) return { N: normalNumber(each.N) };
    if (each.NS !== undefined) return { NS: each.NS.map(normalNumber) };
    if (each.L !== undefined) return { L: each.L.map(rewritten) };
    if (each.M !== undefined) return { M: stored(each.M) };
    return each;
  };
  return Object.fromEntries(Object.entries(of).map(([key, each]) => [key, rewritten(each)]));
}

test("a condition holds when it says so", () => {
  fc.assert(
    fc.property(said, item, ({ text, values, says }, of) => {
      let count = 0;
      const placed = text.replaceAll("?", () => `:v${(count += 1)}`);
      const named = Object.fromEntries(values.map((each, index) => [`:v${index + 1}`, each]));
      const bindings = new Bindings(undefined, values.length === 0 ? undefined : named);
      const label = "ConditionExpression";
      const { condition } = bindCondition(conditionTree(placed, label), label, bindings);
      bindings.checkAllUsed();
      expect(meets(stored(of), condition)).toBe(says(of));
    }),
    { numRuns: 2000 },
  );
});
