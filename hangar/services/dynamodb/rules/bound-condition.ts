// A condition with its names and values put in, and whether an item meets it.

import { typeOf, type AttributeValue, type Item } from "./attribute-value.ts";
import type { BoundPath } from "./bindings.ts";
import { beginsWith, compareValues, contains, lengthOf, sameValue } from "./compare-values.ts";
import type { Comparator } from "./expression-tree.ts";

export type BoundOperand =
  | { readonly kind: "path"; readonly path: BoundPath }
  | { readonly kind: "literal"; readonly value: AttributeValue }
  | { readonly kind: "size"; readonly of: BoundOperand }
  /** PartiQL compares what a condition comes to: `attribute_exists(a) = true`. */
  | { readonly kind: "truth"; readonly of: BoundCondition };

export type BoundCondition =
  | { readonly kind: "and" | "or"; readonly left: BoundCondition; readonly right: BoundCondition }
  | { readonly kind: "not"; readonly condition: BoundCondition }
  | {
      readonly kind: "compare";
      readonly operator: Comparator;
      readonly left: BoundOperand;
      readonly right: BoundOperand;
    }
  | {
      readonly kind: "between";
      readonly operand: BoundOperand;
      readonly lower: BoundOperand;
      readonly upper: BoundOperand;
    }
  | { readonly kind: "in"; readonly operand: BoundOperand; readonly list: readonly BoundOperand[] }
  | { readonly kind: "exists"; readonly path: BoundPath; readonly expected: boolean }
  | {
      readonly kind: "attribute_type" | "begins_with" | "contains";
      readonly left: BoundOperand;
      readonly right: BoundOperand;
    };

/** What stands at a path of an item. */
export function valueAt(item: Item, path: BoundPath): AttributeValue | undefined {
  const head = path[0] as string;
  let value = Object.hasOwn(item, head) ? item[head] : undefined;
  for (let index = 1; index < path.length && value !== undefined; index += 1) {
    const part = path[index] as string | number;
    if (typeof part === "number") value = value.L?.[part];
    else value = value.M !== undefined && Object.hasOwn(value.M, part) ? value.M[part] : undefined;
  }
  return value;
}

function resolve(operand: BoundOperand, item: Item): AttributeValue | undefined {
  if (operand.kind === "literal") return operand.value;
  if (operand.kind === "path") return valueAt(item, operand.path);
  if (operand.kind === "truth") return { BOOL: meets(item, operand.of) };
  const value = resolve(operand.of, item);
  const length = value === undefined ? undefined : lengthOf(value);
  return length === undefined ? undefined : { N: String(length) };
}

export function meets(item: Item, condition: BoundCondition): boolean {
  switch (condition.kind) {
    case "and":
      return meets(item, condition.left) && meets(item, condition.right);
    case "or":
      return meets(item, condition.left) || meets(item, condition.right);
    case "not":
      return !meets(item, condition.condition);
    case "exists":
      return (valueAt(item, condition.path) !== undefined) === condition.expected;
    case "compare":
      return compare(condition.operator, resolve(condition.left, item), resolve(condition.right, item));
    case "between": {
      const value = resolve(condition.operand, item);
      return (
        compare(">=", value, resolve(condition.lower, item)) && compare("<=", value, resolve(condition.upper, item))
      );
    }
    case "in": {
      const value = resolve(condition.operand, item);
      return value !== undefined && condition.list.some((operand) => compare("=", value, resolve(operand, item)));
    }
    default:
      return test(condition.kind, resolve(condition.left, item), resolve(condition.right, item));
  }
}

/** A missing attribute is unequal to everything and neither less nor greater. */
function compare(operator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (operator === "<>") return left === undefined || right === undefined ? left !== right : !sameValue(left, right);
  if (left === undefined || right === undefined) return false;
  if (operator === "=") return sameValue(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order >= 0;
}

function test(
  kind: "attribute_type" | "begins_with" | "contains",
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean {
  if (left === undefined || right === undefined) return false;
  if (kind === "attribute_type") return typeOf(left) === right.S;
  return kind === "begins_with" ? beginsWith(left, right) : contains(left, right);
}
