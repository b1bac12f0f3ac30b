// The one item that a SELECT of a transaction reads.

import type { AttributeValue, Item } from "../attribute-value.ts";
import type { BoundCondition } from "../bound-condition.ts";
import { sameValue } from "../compare-values.ts";
import type { TableSchema } from "../table-schema.ts";
import { conjuncts, keyTests } from "./key-tests.ts";
import { readPlan } from "./read-plan.ts";

/** Undefined when a WHERE clause names more than an item's key, or less. */
export function readKey(schema: TableSchema, where: BoundCondition | undefined): Item | undefined {
  const key = keyOf(schema, where);
  // What no SELECT may ask for is refused in its own words.
  if (key === undefined) readPlan(schema, where);
  return key;
}

function keyOf(schema: TableSchema, where: BoundCondition | undefined): Item | undefined {
  const key: Record<string, AttributeValue> = {};
  for (const condition of conjuncts(where)) {
    const tests = keyTests(condition, schema) ?? [];
    const [test] = tests;
    if (test === undefined || tests.length > 1 || test.operator !== "=") return undefined;
    const value = test.values[0] as AttributeValue;
    const known = Object.hasOwn(key, test.name) ? key[test.name] : undefined;
    if (known !== undefined && !sameValue(known, value)) return undefined;
    key[test.name] = value;
  }
  return schema.attributes.every(({ name }) => Object.hasOwn(key, name)) ? key : undefined;
}
