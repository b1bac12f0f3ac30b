// Reads the WHERE clause of a PartiQL statement.

import type { BoundCondition, BoundOperand } from "./bound-condition.ts";
import type { Comparator } from "./expression-tree.ts";
import type { PartiqlReader } from "./partiql-reader.ts";

const COMPARATORS: Readonly<Record<string, Comparator>> = {
  "=": "=",
  "<>": "<>",
  "!=": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

export function readWhere(reader: PartiqlReader): BoundCondition {
  let left = readAnd(reader);
  while (reader.takeWord("OR")) left = { kind: "or", left, right: readAnd(reader) };
  return left;
}

function readAnd(reader: PartiqlReader): BoundCondition {
  let left = readNot(reader);
  while (reader.takeWord("AND")) left = { kind: "and", left, right: readNot(reader) };
  return left;
}

function readNot(reader: PartiqlReader): BoundCondition {
  if (reader.takeWord("NOT")) return { kind: "not", condition: readNot(reader) };
  if (reader.takeSymbol("(")) {
    const inner = readWhere(reader);
    reader.expectSymbol(")");
    return inner;
  }
  return readFunction(reader) ?? readComparison(reader);
}

function readFunction(reader: PartiqlReader): BoundCondition | undefined {
  for (const kind of ["begins_with", "contains", "attribute_type"] as const) {
    if (!reader.takeCall(kind.toUpperCase())) continue;
    const left = readOperand(reader);
    reader.expectSymbol(",");
    const right = readOperand(reader);
    reader.expectSymbol(")");
    return { kind, left, right };
  }
  return undefined;
}

function readOperand(reader: PartiqlReader): BoundOperand {
  const value = reader.takeValue();
  if (value !== undefined) return { kind: "literal", value };
  if (!reader.takeCall("SIZE")) return { kind: "path", path: reader.path() };
  const of = readOperand(reader);
  reader.expectSymbol(")");
  return { kind: "size", of };
}

function readComparison(reader: PartiqlReader): BoundCondition {
  const left = readOperand(reader);
  if (reader.takeWord("IS")) return readIs(reader, left);
  const negated = reader.takeWord("NOT");
  const condition = readTest(reader, left);
  return negated ? { kind: "not", condition } : condition;
}

function readTest(reader: PartiqlReader, left: BoundOperand): BoundCondition {
  if (reader.takeWord("BETWEEN")) {
    const lower = readOperand(reader);
    reader.expectWord("AND");
    return { kind: "between", operand: left, lower, upper: readOperand(reader) };
  }
  if (reader.takeWord("IN")) return { kind: "in", operand: left, list: readList(reader) };
  const operator = reader.current.kind === "symbol" ? COMPARATORS[reader.current.text] : undefined;
  if (operator === undefined) throw reader.unexpected();
  reader.next();
  return { kind: "compare", operator, left, right: readOperand(reader) };
}

function readList(reader: PartiqlReader): BoundOperand[] {
  const end = reader.takeSymbol("[") ? "]" : ")";
  if (end === ")") reader.expectSymbol("(");
  const list = [readOperand(reader)];
  while (reader.takeSymbol(",")) list.push(readOperand(reader));
  reader.expectSymbol(end);
  return list;
}

/** IS [NOT] MISSING and IS [NOT] NULL. */
function readIs(reader: PartiqlReader, left: BoundOperand): BoundCondition {
  const negated = reader.takeWord("NOT");
  if (reader.takeWord("MISSING")) {
    if (left.kind !== "path") throw reader.unexpected();
    return { kind: "exists", path: left.path, expected: negated };
  }
  reader.expectWord("NULL");
  const condition: BoundCondition = { kind: "attribute_type", left, right: { kind: "literal", value: { S: "NULL" } } };
  return negated ? { kind: "not", condition } : condition;
}
