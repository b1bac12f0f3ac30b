// The one item that an UPDATE, a DELETE or an EXISTS names, and what else it says of it.

import { validation } from "../../errors.ts";
import type { AttributeValue, Item } from "../attribute-value.ts";
import type { BoundCondition } from "../bound-condition.ts";
import { sameValue } from "../compare-values.ts";
import type { KeySchema } from "../table-schema.ts";
import { allOf, conjuncts, keyTests } from "./key-tests.ts";

export type WriteKey = {
  /** May lack attributes. */
  readonly key: Item;
  readonly rest: BoundCondition | undefined;
  /** A key attribute that is said to have two values. */
  readonly conflict: string | undefined;
};

export function writeKey(schema: KeySchema, where: BoundCondition | undefined): WriteKey {
  const key: Record<string, AttributeValue> = {};
  const rest: BoundCondition[] = [];
  let conflict: string | undefined;
  for (const condition of conjuncts(where)) {
    const [test] = condition.kind === "compare" ? (keyTests(condition, schema) ?? []) : [];
    const value = test?.operator === "=" ? test.values[0] : undefined;
    if (test === undefined || value === undefined) {
      rest.push(condition);
      continue;
    }
    const known = Object.hasOwn(key, test.name) ? key[test.name] : undefined;
    if (known === undefined) key[test.name] = value;
    else if (!sameValue(known, value)) {
      conflict ??= test.name;
      rest.push(condition);
    }
  }
  return { key, rest: allOf(rest), conflict };
}

export function namesItem(schema: KeySchema, { key }: WriteKey): boolean {
  return schema.attributes.every(({ name }) => Object.hasOwn(key, name));
}

/** For a statement by itself; a transaction says it in its reasons. */
export function itemNamed(schema: KeySchema, where: BoundCondition | undefined): WriteKey {
  const found = writeKey(schema, where);
  if (found.conflict !== undefined)
    throw validation(
      `Multiple conditions on same key ${found.conflict}. Only single item Update/Insert/Delete are supported`,
    );
  if (!namesItem(schema, found))
    throw validation("Where clause does not contain a mandatory equality on all key attributes");
  return found;
}
