// What differs between two versions of a resource, and whether that calls for a new one.

import type { CloudFormationProperty, CloudFormationType } from "../../../models/model.ts";
import { alternatives, innerType } from "./properties.ts";
import { isObject, type PlainObject } from "./template.ts";

export type Recreation = "Never" | "Conditionally" | "Always";

export type Difference = {
  /** Steps below Properties. */
  readonly path: readonly string[];
  readonly kind: "Add" | "Modify" | "Remove";
  readonly before: unknown;
  readonly after: unknown;
  readonly recreation: Recreation;
};

export function sameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left))
    return (
      Array.isArray(right) && left.length === right.length && left.every((item, index) => sameValue(item, right[index]))
    );
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key]))
  );
}

/** Differences leaf by leaf. `facts` is absent for custom resources, which are never replaced by CloudFormation itself. */
export function differences(
  before: PlainObject,
  after: PlainObject,
  facts: CloudFormationType | undefined,
): Difference[] {
  return compare(before, after, []).map((leaf) => ({
    ...leaf,
    recreation: facts === undefined ? "Never" : recreationOf(leaf.path, facts),
  }));
}

type Leaf = Omit<Difference, "recreation">;

function compare(before: unknown, after: unknown, path: readonly string[]): Leaf[] {
  if (sameValue(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => compare(before[key], after[key], [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => compare(item, after[index], [...path, String(index)]));
  }
  return [{ path, before, after, kind: before === undefined ? "Add" : after === undefined ? "Remove" : "Modify" }];
}

const STRENGTH: readonly Recreation[] = ["Never", "Conditionally", "Always"];

export function strongest(all: readonly Recreation[]): Recreation {
  return all.reduce((best, item) => (STRENGTH.indexOf(item) > STRENGTH.indexOf(best) ? item : best), "Never");
}

/** Whether a change at a path replaces the resource: said by the property itself or by one on the way to it. */
function recreationOf(path: readonly string[], facts: CloudFormationType): Recreation {
  const named = path.filter((step) => !/^\d+$/.test(step));
  if (
    facts.replacementPaths?.some((known) => known.every((step, index) => step === "*" || named[index] === step)) ===
    true
  )
    return "Always";
  const steps: Recreation[] = [];
  let fields: Readonly<Record<string, CloudFormationProperty>> | undefined = facts.properties;
  for (const step of named) {
    const field: CloudFormationProperty | undefined = fields?.[step];
    if (field === undefined) break;
    if (field.replacement !== undefined) steps.push(field.replacement === "yes" ? "Always" : "Conditionally");
    fields = fieldsOf(field.type, facts);
  }
  return strongest(steps);
}

function fieldsOf(
  type: string,
  facts: CloudFormationType,
): Readonly<Record<string, CloudFormationProperty>> | undefined {
  for (const choice of alternatives(type)) {
    const inner = innerType(choice);
    if (inner !== undefined) return fieldsOf(inner, facts);
    if (choice.startsWith("ref:")) return facts.definitions[choice.slice(4)];
  }
  return undefined;
}
