// What UpdateItem writes, as AWS counts it: not the item, but the request's clauses and values. Measured on AWS to the byte by others.

import { utf8Length } from "./attribute-value.ts";
import type { BoundPath } from "./bindings.ts";
import type { BoundAction, BoundUpdate, UpdateOperand } from "./bind-update.ts";
import { valueSize } from "./item-size.ts";

const UPDATE = 3;
const CLAUSE = 19;
const REMOVAL = 1;
/** Each part of a path but the first, where something is written; each part, where something is read. */
const WRITTEN_PART = 4;
const READ_PART = 14;
const OPERANDS = { "+": 34, "-": 37, list_append: 37, if_not_exists: 39 } as const;

export function writtenSize({ actions }: BoundUpdate): number {
  return actions.reduce((bytes, action) => bytes + actionSize(action), UPDATE);
}

function actionSize(action: BoundAction): number {
  switch (action.kind) {
    case "SET":
      return CLAUSE + targetSize(action.path) + operandSize(action.operand);
    case "ADD":
      return CLAUSE + targetSize(action.path) + valueSize(action.value);
    case "REMOVE":
    case "DELETE":
      return REMOVAL + targetSize(action.path);
  }
}

function partSize(part: string | number): number {
  return typeof part === "number" ? String(part).length : utf8Length(part);
}

function targetSize(path: BoundPath): number {
  return path.reduce<number>((bytes, part, index) => bytes + partSize(part) + (index === 0 ? 0 : WRITTEN_PART), 0);
}

function operandSize(operand: UpdateOperand): number {
  switch (operand.kind) {
    case "literal":
      return valueSize(operand.value);
    case "path":
      return readSize(operand.path);
    case "if_not_exists":
      return OPERANDS.if_not_exists + readSize(operand.path) + operandSize(operand.otherwise);
    default:
      return OPERANDS[operand.kind] + operandSize(operand.left) + operandSize(operand.right);
  }
}

function readSize(path: BoundPath): number {
  return path.reduce<number>((bytes, part) => bytes + READ_PART + partSize(part), 1);
}
