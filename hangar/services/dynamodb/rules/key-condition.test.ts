// Key conditions on keys of several attributes, against a naive model.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { AttributeValue, Item } from "./attribute-value.ts";
import { beginsWith, compareValues, sameValue } from "./compare-values.ts";
import { indexKey } from "./item-key.ts";
import type { SortCondition, SortOperator } from "./key-bytes.ts";
import { readKeyConditions } from "./key-condition.ts";
import type { IndexSchema, KeyAttribute } from "./table-schema.ts";

const partitions: readonly KeyAttribute[] = [
  { name: "h1", type: "S" },
  { name: "h2", type: "N" },
];
const sorts: readonly KeyAttribute[] = [
  { name: "r1", type: "S" },
  { name: "r2", type: "N" },
  { name: "r3", type: "B" },
];
const index: IndexSchema = {
  partition: partitions[0] as KeyAttribute,
  sort: sorts[0],
  attributes: [...partitions, ...sorts],
  several: { partitions, sorts },
  state: undefined,
  name: "gsi",
  global: true,
  storage: "gsi-rows",
  projectionType: "ALL",
  projected: undefined,
};

/** Few values, so that many rows share them. */
const values: Readonly<Record<KeyAttribute["type"], fc.Arbitrary<AttributeValue>>> = {
  S: fc.string({ unit: fc.constantFrom("\u0000", "a", "é"), minLength: 1, maxLength: 2 }).map((S) => ({ S })),
  N: fc.integer({ min: -2, max: 2 }).map((N) => ({ N: String(N) })),
  B: fc.uint8Array({ min: 0, max: 1, minLength: 1, maxLength: 2 }).map((B) => ({ B })),
};
const row: fc.Arbitrary<Item> = fc.record(
  Object.fromEntries(index.attributes.map(({ name, type }) => [name, values[type]])),
);

function condition({ type }: KeyAttribute): fc.Arbitrary<SortCondition> {
  const operators: SortOperator[] = [
    "=",
    "<",
    "<=",
    ">",
    ">=",
    "BETWEEN",
    ...(type === "N" ? [] : ["begins_with" as const]),
  ];
  return fc.record({
    operator: fc.constantFrom(...operators),
    values: fc
      .tuple(values[type], values[type])
      .map((pair) => pair.toSorted((one, two) => compareValues(one, two) ?? 0)),
  });
}

function holds(value: AttributeValue, { operator, values: [first, second] }: SortCondition): boolean {
  const order = compareValues(value, first as AttributeValue) ?? Number.NaN;
  switch (operator) {
    case "=":
      return order === 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "BETWEEN":
      return order >= 0 && (compareValues(value, second as AttributeValue) ?? Number.NaN) <= 0;
    case "begins_with":
      return beginsWith(value, first as AttributeValue);
  }
}

test("a range has the rows that meet the conditions, and no others", () => {
  const last = fc
    .integer({ min: 0, max: sorts.length - 1 })
    .chain((at) => fc.record({ at: fc.constant(at), condition: condition(sorts[at] as KeyAttribute) }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), last, ([asked = {}, ...rows], given) => {
      const equal = [...partitions, ...sorts.slice(0, given.at)].map(
        ({ name }) => [name, { operator: "=", values: [asked[name] as AttributeValue] }] as const,
      );
      const name = sorts[given.at]?.name ?? "";
      const range = readKeyConditions(new Map([...equal, [name, given.condition]]), index, index.storage);
      for (const item of [asked, ...rows]) {
        const key = indexKey(index, item, `${"own-rows"}${JSON.stringify(item)}`) ?? "";
        const expected =
          equal.every(
            ([
              attribute,
              {
                values: [value],
              },
            ]) => sameValue(item[attribute] as AttributeValue, value as AttributeValue),
          ) && holds(item[name] as AttributeValue, given.condition);
        expect(key >= range.from && key < range.to).toBe(expected);
      }
    }),
    { numRuns: 500 },
  );
});
