// What is checked of an expression before names and values are put in, in the order it is written: reserved words, list indexes, and where functions stand.

import { invalidExpression } from "./expression-tokens.ts";
import type { Call, Condition, Operand, UpdateTree, WrittenPath } from "./expression-tree.ts";
import { isReserved } from "./reserved-words.ts";

/** Number of operands of each function, by where it may stand. */
const CONDITIONS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
};
const UPDATES: Readonly<Record<string, number>> = { if_not_exists: 2, list_append: 2 };
const MAX_INDEX = 2_147_483_647;

type Place = "condition" | "operand" | "update" | "appended";

export function checkConditionForm(tree: Condition, label: string): void {
  switch (tree.kind) {
    case "and":
    case "or":
      checkConditionForm(tree.left, label);
      checkConditionForm(tree.right, label);
      return;
    case "not":
      return checkConditionForm(tree.condition, label);
    case "compare":
      checkOperand(tree.left, "operand", label);
      return checkOperand(tree.right, "operand", label);
    case "between":
      for (const each of [tree.operand, tree.lower, tree.upper]) checkOperand(each, "operand", label);
      return;
    case "in":
      for (const each of [tree.operand, ...tree.list]) checkOperand(each, "operand", label);
      return;
    case "call":
      return checkCall(tree, "condition", label);
  }
}

export function checkUpdateForm({ actions }: UpdateTree, label: string): void {
  for (const { path, operand } of actions) {
    checkPathForm(path, label);
    if (operand !== undefined) checkOperand(operand, "update", label);
  }
}

export function checkPathForm(path: WrittenPath, label: string): void {
  for (const part of path) {
    if (typeof part === "number") {
      if (part > MAX_INDEX)
        throw invalidExpression(label, `List index is not within the allowable range; index: [${part}]`);
    } else if (!part.startsWith("#") && isReserved(part)) {
      throw invalidExpression(label, `Attribute name is a reserved keyword; reserved keyword: ${part}`);
    }
  }
}

function checkOperand(tree: Operand, place: Place, label: string): void {
  switch (tree.kind) {
    case "path":
      return checkPathForm(tree.path, label);
    case "value":
      return;
    case "arithmetic":
      checkOperand(tree.left, place, label);
      return checkOperand(tree.right, place, label);
    case "call":
      return checkCall(tree, place, label);
  }
}

function checkCall({ name, operands }: Call, place: Place, label: string): void {
  const wrong = wrongPlace(name, place);
  if (wrong !== undefined) throw invalidExpression(label, `${wrong}; function: ${name}`);
  const inUpdate = place === "update" || place === "appended";
  // An update's functions are counted when its values are put in.
  if (!inUpdate) checkCount(name, operands.length, label);
  const inside = name === "list_append" ? "appended" : inUpdate ? "update" : "operand";
  for (const operand of operands) checkOperand(operand, inside, label);
}

function wrongPlace(name: string, place: Place): string | undefined {
  const isCondition = Object.hasOwn(CONDITIONS, name);
  const isUpdate = Object.hasOwn(UPDATES, name);
  if (!isCondition && !isUpdate && name !== "size") return "Invalid function name";
  const misused = "The function is not allowed to be used this way in an expression";
  if (place === "update" || place === "appended") {
    if (!isUpdate) return "The function is not allowed in an update expression";
    return place === "appended" && name === "list_append" ? misused : undefined;
  }
  if (isUpdate) return "The function is not allowed in a condition expression";
  return isCondition === (place === "condition") ? undefined : misused;
}

export function checkCount(name: string, count: number, label: string): void {
  const wanted = CONDITIONS[name] ?? UPDATES[name] ?? 1;
  if (count === wanted) return;
  throw invalidExpression(
    label,
    `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`,
  );
}
