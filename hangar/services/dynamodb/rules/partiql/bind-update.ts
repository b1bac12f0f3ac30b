// Turns the SET and REMOVE of PartiQL statements into updates.

import { validation } from "../../errors.ts";
import { typeOf, type AttributeValue } from "../attribute-value.ts";
import type { BoundAction, UpdateOperand } from "../bind-update.ts";
import { checkOverlap, samePath, type BoundPath } from "../bindings.ts";
import { unrecognised, wrongType } from "./bind-condition.ts";
import { pathOf } from "./bind-path.ts";
import { isLiteral, literalValue } from "./bind-value.ts";
import { checkOperators } from "./operators.ts";
import { shownNode, wrongAt } from "./places.ts";
import type { ChangeAction, Node } from "./tree.ts";

type Parameters = readonly AttributeValue[];
type Call = Extract<Node, { kind: "call" }>;

const CONDITION_FUNCTIONS: ReadonlySet<string> = new Set([
  "attribute_exists",
  "attribute_not_exists",
  "attribute_type",
  "begins_with",
  "contains",
  "size",
]);
const SET_TYPES: ReadonlySet<string> = new Set(["SS", "NS", "BS"]);

export function actionsOf(actions: readonly ChangeAction[], parameters: Parameters): readonly BoundAction[] {
  checkOperators(actions.flatMap((action) => (action.kind === "set" ? [action.value] : [])));
  const bound = actions.map((action): BoundAction => {
    if (action.kind === "insert")
      throw validation("Only SET and REMOVE are supported in update expressions at this time");
    const path = pathOf(action.target);
    if (action.kind === "remove") return { kind: "REMOVE", path };
    const { value } = action;
    if (value.kind === "call" && (value.name === "set_add" || value.name === "set_delete"))
      return setChange(path, value, parameters);
    return { kind: "SET", path, operand: operandOf(value, parameters) };
  });
  checkOverlap(
    bound.map(({ path }) => path),
    validation,
  );
  return bound;
}

/** `tags = set_add(tags, <<…>>)`: the first operand is what is assigned to. */
function setChange(target: BoundPath, { name, operands, place }: Call, parameters: Parameters): BoundAction {
  const shown = name.toUpperCase();
  const [path, value] = operands as [Node, Node];
  if (operands.length !== 2) throw wrongAt(`${shown} must have exactly two arguments`, place);
  const same = (path.kind === "name" || path.kind === "path") && samePath(pathOf(path), target);
  if (!same) throw wrongAt(`The first argument to ${shown} must equal the assignment value`, place);
  const members = literalOf(value, parameters);
  if (members === undefined || !SET_TYPES.has(typeOf(members)))
    throw wrongAt(`The second argument to ${shown} must be a value with type SET`, path.place);
  return { kind: name === "set_add" ? "ADD" : "DELETE", path: target, value: members };
}

function literalOf(node: Node, parameters: Parameters): AttributeValue | undefined {
  if (node.kind === "parameter") return parameters[node.index];
  return isLiteral(node) ? literalValue(node) : undefined;
}

function operandOf(node: Node, parameters: Parameters): UpdateOperand {
  const value = literalOf(node, parameters);
  if (value !== undefined) return { kind: "literal", value };
  switch (node.kind) {
    case "name":
    case "path":
      return { kind: "path", path: pathOf(node) };
    case "operator":
      return sumOf(node.operator, node.operands, parameters);
    case "call":
      return callOf(node, parameters);
    case "is":
      throw validation("IS operator is not supported in update expressions");
    case "missing":
      throw validation("MISSING must be compared using IS operator");
    default:
      throw wrongAt(`Unsupported token in expression: ${shownNode(node)}`, node.place);
  }
}

function sumOf(operator: string, operands: readonly Node[], parameters: Parameters): UpdateOperand {
  if (operator !== "+" && operator !== "-")
    throw validation(`Unsupported operator in Update Expression. Operator: ${operator}`);
  const bound = operands.map((operand) => operandOf(operand, parameters));
  if (bound.length !== 2)
    throw validation(
      `Incorrect number of operands for operator or function; operator or function: ${operator}, number of operands: ${bound.length}`,
    );
  for (const operand of bound) checkType(operator, operand, "N");
  const [left, right] = bound as [UpdateOperand, UpdateOperand];
  return { kind: operator, left, right };
}

function callOf({ name, operands, place }: Call, parameters: Parameters): UpdateOperand {
  if (CONDITION_FUNCTIONS.has(name))
    throw validation(`The function is not allowed in an update expression; function: ${name}`);
  if (name !== "list_append" && name !== "if_not_exists") throw unrecognised(name, place);
  const bound = operands.map((operand) => operandOf(operand, parameters));
  if (bound.length !== 2)
    throw validation(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${bound.length}`,
    );
  const [left, right] = bound as [UpdateOperand, UpdateOperand];
  if (name === "list_append") {
    for (const operand of bound) checkType(name, operand, "L");
    return { kind: name, left, right };
  }
  if (left.kind !== "path")
    throw validation("Operator or function requires a document path; operator or function: if_not_exists");
  return { kind: name, path: left.path, otherwise: right };
}

function checkType(name: string, operand: UpdateOperand, wanted: "N" | "L"): void {
  if (operand.kind === "literal" && operand.value[wanted] === undefined) throw wrongType(name, typeOf(operand.value));
}
