// Reads the parts that all expressions share: document paths, values, and function calls.

import { doubledParentheses, type TokenReader } from "./expression-tokens.ts";
import type { Call, Operand, WrittenPath } from "./expression-tree.ts";

export function readPath(reader: TokenReader): WrittenPath {
  const path: (string | number)[] = [readName(reader)];
  for (;;) {
    if (reader.takeSymbol(".")) {
      path.push(readName(reader));
    } else if (reader.takeSymbol("[")) {
      if (reader.current.kind !== "index") throw reader.unexpected();
      path.push(Number(reader.next().text));
      reader.expectSymbol("]");
    } else {
      return path;
    }
  }
}

function readName(reader: TokenReader): string {
  if (reader.current.kind !== "word" && reader.current.kind !== "name") throw reader.unexpected();
  return reader.next().text;
}

/** A path, a value, a call, or one of them in parentheses. */
export function readOperand(reader: TokenReader): Operand {
  if (reader.isSymbol("(")) {
    reader.open();
    const nested = reader.isSymbol("(");
    const inner = readOperand(reader);
    reader.close();
    if (nested) throw doubledParentheses(reader.label);
    return inner;
  }
  if (reader.current.kind === "value") return { kind: "value", name: reader.next().text };
  if (reader.current.kind === "word" && reader.following.text === "(") return readCall(reader);
  return { kind: "path", path: readPath(reader) };
}

function readCall(reader: TokenReader): Call {
  const name = reader.next().text;
  reader.expectSymbol("(");
  const operands = [readOperand(reader)];
  while (reader.takeSymbol(",")) operands.push(readOperand(reader));
  reader.expectSymbol(")");
  return { kind: "call", name, operands };
}
