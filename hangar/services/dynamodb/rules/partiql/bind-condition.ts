// Turns WHERE clauses of PartiQL statements into conditions, with AWS's words for what is wrong.

import { validation } from "../../errors.ts";
import { typeOf, type AttributeValue, type ValueType } from "../attribute-value.ts";
import { samePath, showPath } from "../bindings.ts";
import type { BoundCondition, BoundOperand } from "../bound-condition.ts";
import { compareValues } from "../compare-values.ts";
import type { Comparator } from "../expression-tree.ts";
import { pathOf } from "./bind-path.ts";
import { isLiteral, literalValue } from "./bind-value.ts";
import { checkOperators } from "./operators.ts";
import { shownNode, wrongAt } from "./places.ts";
import type { Node, Place } from "./tree.ts";

type Parameters = readonly AttributeValue[];
type Operator = Extract<Node, { kind: "operator" }>;
type Call = Extract<Node, { kind: "call" }>;

const COMPARATORS: ReadonlySet<string> = new Set(["=", "<>", "<", "<=", ">", ">="]);
const OPERANDS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};
const UPDATE_FUNCTIONS: ReadonlySet<string> = new Set(["list_append", "if_not_exists"]);
const IS_TYPES: Readonly<Record<string, ValueType>> = {
  NULL: "NULL",
  BOOLEAN: "BOOL",
  NUMERIC: "N",
  STRING: "S",
  BLOB: "B",
  STRUCT: "M",
  TUPLE: "M",
  LIST: "L",
};
const TYPES: readonly string[] = ["N", "BS", "L", "B", "NULL", "M", "S", "SS", "NS", "BOOL"];
const MAX_IN = 100;

/** The condition of a WHERE clause. */
export function conditionOf(node: Node, parameters: Parameters): BoundCondition {
  checkOperators([node]);
  if (!isTest(node)) throw validation("WHERE clause must contain an expression that resolves to a boolean");
  return testOf(node, parameters);
}

function isTest({ kind }: Node): boolean {
  return kind === "operator" || kind === "call" || kind === "is";
}

function testOf(node: Node, parameters: Parameters): BoundCondition {
  if (node.kind === "is") return isOf(node, parameters);
  if (node.kind === "call") return callOf(node, parameters);
  const { operator, operands } = node as Operator;
  const [left, right] = operands as [Node, Node];
  if (operator === "and" || operator === "or") {
    const [first, second] = operands.map((operand) => part(operand, parameters));
    if (first === undefined || second === undefined) throw validation("The arguments to AND/OR must be Expressions");
    return { kind: operator, left: first, right: second };
  }
  if (operator === "not") {
    const condition = part(left, parameters);
    if (condition === undefined) throw validation("The argument to NOT must be a Type or Expression");
    return { kind: "not", condition };
  }
  if (operator === "in") return inOf(left, right, parameters);
  if (operator === "between") return betweenOf(operands, parameters);
  if (!COMPARATORS.has(operator)) throw unsupported(operator);
  return compareOf(operator as Comparator, operands, parameters);
}

/** A part of an AND, OR or NOT; undefined when it is no expression. */
function part(node: Node, parameters: Parameters): BoundCondition | undefined {
  if (isTest(node)) return testOf(node, parameters);
  operandOf(node, parameters);
  return undefined;
}

function unsupported(operator: string): Error {
  return validation(`Unsupported operator in Condition Expression. Operator: ${operator}`);
}

/** A value, an attribute, `size(…)`, or the truth of a condition. */
function operandOf(node: Node, parameters: Parameters): BoundOperand {
  if (isLiteral(node)) return { kind: "literal", value: literalValue(node) };
  if (node.kind === "name" || node.kind === "path") return { kind: "path", path: pathOf(node) };
  if (node.kind === "parameter") return { kind: "literal", value: parameters[node.index] as AttributeValue };
  if (node.kind === "missing") throw validation("MISSING must be compared using IS operator");
  if (node.kind === "call" && node.name === "size") return { kind: "size", of: operandsOf(node, parameters)[0] };
  if (isTest(node)) return { kind: "truth", of: testOf(node, parameters) };
  throw wrongAt(`Unsupported token in expression: ${shownNode(node)}`, node.place);
}

/** Operands of a function, their number checked. */
function operandsOf({ name, operands, place }: Call, parameters: Parameters): [BoundOperand, BoundOperand] {
  if (UPDATE_FUNCTIONS.has(name))
    throw validation(`The function is not allowed in a condition expression; function: ${name}`);
  const count = Object.hasOwn(OPERANDS, name) ? OPERANDS[name] : undefined;
  if (count === undefined) throw unrecognised(name, place);
  const bound = operands.map((operand) => operandOf(operand, parameters));
  if (bound.length !== count)
    throw validation(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${bound.length}`,
    );
  const [first] = bound as [BoundOperand];
  if (bound[1] !== undefined) checkDistinct(name, first, bound[1]);
  if (name === "size") checkType(name, first, (type) => type !== "N" && type !== "BOOL" && type !== "NULL");
  return bound as [BoundOperand, BoundOperand];
}

export function unrecognised(name: string, place: Place): Error {
  return wrongAt(`Unrecognized function: ${name}`, place);
}

function callOf(call: Call, parameters: Parameters): BoundCondition {
  const { name } = call;
  const [left, right] = operandsOf(call, parameters);
  if (name === "size")
    throw validation("The function is not allowed to be used this way in an expression; function: size");
  if (name === "attribute_exists" || name === "attribute_not_exists") {
    if (left.kind !== "path") throw needsPath(name);
    return { kind: "exists", path: left.path, expected: name === "attribute_exists" };
  }
  if (name === "begins_with")
    for (const operand of [left, right]) checkType(name, operand, (type) => type === "S" || type === "B");
  if (name === "attribute_type") checkTypeName(right);
  return { kind: name as "contains", left, right };
}

function needsPath(name: string): Error {
  return validation(`Operator or function requires a document path; operator or function: ${name}`);
}

function isOf({ operand, type, place }: Extract<Node, { kind: "is" }>, parameters: Parameters): BoundCondition {
  if (operand.kind !== "name" && operand.kind !== "path" && !isLiteral(operand))
    throw validation("The left hand side argument to IS must be a Variable Reference, Literal, or Path");
  const left = operandOf(operand, parameters);
  if (type === "MISSING") {
    if (left.kind !== "path") throw needsPath("attribute_not_exists");
    return { kind: "exists", path: left.path, expected: false };
  }
  const name = Object.hasOwn(IS_TYPES, type) ? IS_TYPES[type] : undefined;
  if (name === undefined)
    throw wrongAt(
      `Unsupported data type for IS operator: ${type}. Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST]`,
      place,
    );
  return { kind: "attribute_type", left, right: { kind: "literal", value: { S: name } } };
}

function inOf(left: Node, right: Node, parameters: Parameters): BoundCondition {
  if ((right.kind !== "list" && right.kind !== "bag") || right.members.length === 0)
    throw validation(
      "IN operator must have a left hand argument of type Variable Reference and right hand argument of type Seq with at least one member",
    );
  const operand = operandOf(left, parameters);
  const list = right.members.map((member) => operandOf(member, parameters));
  if (list.length > MAX_IN)
    throw validation(`The IN operator is provided with too many operands; number of operands: ${list.length}`);
  return { kind: "in", operand, list };
}

function betweenOf(operands: readonly Node[], parameters: Parameters): BoundCondition {
  const [operand, lower, upper] = operands.map((each) => operandOf(each, parameters)) as [
    BoundOperand,
    BoundOperand,
    BoundOperand,
  ];
  for (const bound of [operand, lower, upper]) checkOrdered("BETWEEN", bound);
  if (lower.kind === "literal" && upper.kind === "literal") checkBounds(lower.value, upper.value);
  return { kind: "between", operand, lower, upper };
}

function checkBounds(lower: AttributeValue, upper: AttributeValue): void {
  const bounds = `lower bound operand: AttributeValue: ${shown(lower)}, upper bound operand: AttributeValue: ${shown(upper)}`;
  if (typeOf(lower) !== typeOf(upper))
    throw validation(`The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
  if ((compareValues(lower, upper) ?? 0) > 0)
    throw validation(`The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`);
}

function shown(value: AttributeValue): string {
  return `{${typeOf(value)}:${value.S ?? value.N ?? Buffer.from(value.B ?? []).toString("base64")}}`;
}

function compareOf(operator: Comparator, operands: readonly Node[], parameters: Parameters): BoundCondition {
  const [left, right] = operands.map((each) => operandOf(each, parameters)) as [BoundOperand, BoundOperand];
  checkDistinct(operator, left, right);
  if (operator !== "=" && operator !== "<>") for (const side of [left, right]) checkOrdered(operator, side);
  return { kind: "compare", operator, left, right };
}

function checkDistinct(operator: string, left: BoundOperand, right: BoundOperand): void {
  if (left.kind === "path" && right.kind === "path" && samePath(left.path, right.path))
    throw validation(
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${showPath(left.path)}`,
    );
}

/** Only texts, numbers and binaries have an order. */
function checkOrdered(operator: string, operand: BoundOperand): void {
  checkType(operator, operand, (type) => type === "S" || type === "N" || type === "B");
}

function checkType(name: string, operand: BoundOperand, allowed: (type: ValueType) => boolean): void {
  const type = knownType(operand);
  if (type !== undefined && !allowed(type)) throw wrongType(name, type);
}

export function wrongType(name: string, type: string): Error {
  return validation(
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
  );
}

/** Undefined for what is only known when an item is looked at. */
function knownType(operand: BoundOperand): ValueType | undefined {
  if (operand.kind === "literal") return typeOf(operand.value);
  if (operand.kind === "size") return "N";
  return operand.kind === "truth" ? "BOOL" : undefined;
}

function checkTypeName(operand: BoundOperand): void {
  const type = knownType(operand);
  if (type !== "S") throw wrongType("attribute_type", type ?? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
  const name = operand.kind === "literal" ? (operand.value.S ?? "") : "";
  if (!TYPES.includes(name))
    throw validation(`Invalid attribute type name found; type: ${name}, valid types: {${TYPES.join(",")}}`);
}
