// Reads update and projection expressions.

import { checkPathForm, checkUpdateForm } from "./expression-form.ts";
import { doubledParentheses, invalidExpression, TokenReader } from "./expression-tokens.ts";
import type { Operand, UpdateAction, UpdateKind, UpdateTree, WrittenPath } from "./expression-tree.ts";
import { readOperand, readPath } from "./parse-operand.ts";

const KINDS: readonly UpdateKind[] = ["SET", "REMOVE", "ADD", "DELETE"];

export function parseUpdate(text: string, label: string): UpdateTree {
  const reader = new TokenReader(text, label);
  const actions: UpdateAction[] = [];
  const seen = new Set<UpdateKind>();
  let repeated: UpdateKind | undefined;
  do {
    const kind = KINDS.find((each) => reader.isWord(each));
    if (kind === undefined) throw reader.unexpected();
    reader.next();
    if (seen.has(kind)) repeated ??= kind;
    seen.add(kind);
    do actions.push(readAction(reader, kind));
    while (reader.takeSymbol(","));
  } while (reader.current.kind !== "end");
  const tree = { actions, named: actions.some(({ operand }) => operand !== undefined && isNamed(operand)) };
  checkUpdateForm(tree, label);
  if (repeated !== undefined)
    throw invalidExpression(label, `The "${repeated}" section can only be used once in an update expression;`);
  return tree;
}

function isNamed(operand: Operand): boolean {
  if (operand.kind === "path") return operand.path.some((part) => typeof part === "string" && part.startsWith("#"));
  if (operand.kind === "arithmetic") return isNamed(operand.left) || isNamed(operand.right);
  return operand.kind === "call" && operand.operands.some(isNamed);
}

function readAction(reader: TokenReader, kind: UpdateKind): UpdateAction {
  const path = readPath(reader);
  if (kind === "REMOVE") return { kind, path };
  if (kind === "SET") {
    reader.expectSymbol("=");
    return { kind, path, operand: readSum(reader) };
  }
  if (reader.current.kind !== "value") throw reader.unexpected();
  return { kind, path, operand: { kind: "value", name: reader.next().text } };
}

/** At most one operator: `a + b - c` is a syntax error. */
function readSum(reader: TokenReader, parenthesised: Set<Operand> = new Set()): Operand {
  const left = readTerm(reader, parenthesised);
  const operator = reader.isSymbol("+") ? "+" : reader.isSymbol("-") ? "-" : undefined;
  if (operator === undefined) return left;
  reader.next();
  return { kind: "arithmetic", operator, left, right: readTerm(reader, parenthesised) };
}

function readTerm(reader: TokenReader, parenthesised: Set<Operand>): Operand {
  if (!reader.isSymbol("(")) return readOperand(reader);
  reader.open();
  const inner = readSum(reader, parenthesised);
  reader.close();
  if (parenthesised.has(inner)) throw doubledParentheses(reader.label);
  parenthesised.add(inner);
  return inner;
}

export function parseProjection(text: string, label: string): readonly WrittenPath[] {
  const reader = new TokenReader(text, label);
  const paths = [readPath(reader)];
  while (reader.takeSymbol(",")) paths.push(readPath(reader));
  reader.expectEnd();
  for (const path of paths) checkPathForm(path, label);
  return paths;
}
