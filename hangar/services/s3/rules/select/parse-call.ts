// Parses calls: functions with their odd syntaxes, CAST, CASE and aggregates.

import { fault } from "./faults.ts";
import { FUNCTIONS } from "./functions.ts";
import { AGGREGATES, type Aggregate, type Expression } from "./syntax.ts";
import { DATE_PARTS } from "./timestamps.ts";
import type { TokenReader } from "./token-reader.ts";

const TYPES = new Set([
  "BOOL",
  "BOOLEAN",
  "INT",
  "INTEGER",
  "STRING",
  "VARCHAR",
  "CHAR",
  "FLOAT",
  "DECIMAL",
  "NUMERIC",
  "TIMESTAMP",
]);

/** Reads an expression: an operand. */
type Read = () => Expression;

export function callOf(reader: TokenReader, read: Read): Expression {
  const token = reader.take();
  const name = token.text.toUpperCase();
  if (name === "CASE") return caseOf(reader, read);
  if (name === "CAST") return castOf(reader, read);
  reader.expect("(", "ParseExpectedLeftParenBuiltinFunctionCall");
  if ((AGGREGATES as readonly string[]).includes(name)) return aggregateOf(reader, name as Aggregate, read);
  const call = argumentsOf(reader, name, read);
  reader.expect(")", "ParseExpectedRightParenBuiltinFunctionCall");
  if (!Object.hasOwn(FUNCTIONS, name)) throw fault("UnsupportedFunction");
  return { kind: "call", name, ...call };
}

type Arguments = { readonly words: readonly string[]; readonly operands: readonly Expression[] };

function argumentsOf(reader: TokenReader, name: string, read: Read): Arguments {
  if (name === "TRIM") return trimmed(reader, read);
  if (name === "EXTRACT") {
    const part = datePart(reader);
    reader.expect("FROM");
    return { words: [part], operands: [read()] };
  }
  if (name === "DATE_ADD" || name === "DATE_DIFF") {
    const part = datePart(reader);
    reader.expect(",", "ParseExpectedArgumentDelimiter");
    return { words: [part], operands: list(reader, read) };
  }
  if (name === "SUBSTRING") return substring(reader, read);
  return { words: [], operands: reader.at(")") ? [] : list(reader, read) };
}

function list(reader: TokenReader, read: Read): readonly Expression[] {
  const all = [read()];
  while (reader.accept(",")) all.push(read());
  return all;
}

function datePart(reader: TokenReader): string {
  const token = reader.take();
  const word = token.text.toUpperCase();
  if (!DATE_PARTS.includes(word)) throw reader.unexpected("ParseExpectedDatePart", token);
  return word;
}

/** `TRIM([[LEADING | TRAILING | BOTH] [characters] FROM] text)`. */
function trimmed(reader: TokenReader, read: Read): Arguments {
  const word = ["LEADING", "TRAILING", "BOTH"].find((each) => reader.atWord(each));
  if (word !== undefined) reader.take();
  const words = [word ?? "BOTH"];
  if (reader.accept("FROM")) return { words, operands: [read()] };
  const first = read();
  return { words, operands: reader.accept("FROM") ? [read(), first] : [first] };
}

/** `SUBSTRING(text FROM start [FOR length])`, or with commas. */
function substring(reader: TokenReader, read: Read): Arguments {
  const operands = [read()];
  while (reader.accept(",") || reader.accept("FROM") || forLength(reader)) operands.push(read());
  return { words: [], operands };
}

function forLength(reader: TokenReader): boolean {
  const found = reader.atWord("FOR");
  if (found) reader.take();
  return found;
}

function aggregateOf(reader: TokenReader, name: Aggregate, read: Read): Expression {
  if (reader.accept("*")) {
    if (name !== "COUNT") throw reader.fault("ParseUnsupportedCallWithStar", "Only COUNT can be called with *");
    reader.expect(")", "ParseExpectedRightParenBuiltinFunctionCall");
    return { kind: "aggregate", name, operand: undefined };
  }
  if (reader.at("DISTINCT") || reader.at("ALL")) throw fault("UnsupportedSqlStructure");
  const [operand, ...more] = reader.at(")") ? [] : list(reader, read);
  if (operand === undefined || more.length > 0) {
    throw reader.fault("ParseNonUnaryAgregateFunctionCall", "Aggregate functions take one argument");
  }
  reader.expect(")", "ParseExpectedRightParenBuiltinFunctionCall");
  return { kind: "aggregate", name, operand };
}

function castOf(reader: TokenReader, read: Read): Expression {
  reader.expect("(", "ParseExpectedLeftParenAfterCast");
  const operand = read();
  reader.expect("AS");
  const token = reader.take();
  const type = token.text.toUpperCase();
  if (!TYPES.has(type)) throw reader.unexpected("ParseExpectedTypeName", token);
  if (reader.accept("(")) {
    while (reader.peek().kind === "number" || reader.at(",")) reader.take();
    reader.expect(")");
  }
  reader.expect(")");
  return { kind: "cast", operand, type };
}

function caseOf(reader: TokenReader, read: Read): Expression {
  const operand = reader.at("WHEN") ? undefined : read();
  const branches: { when: Expression; then: Expression }[] = [];
  while (reader.accept("WHEN")) {
    const when = read();
    reader.expect("THEN");
    branches.push({ when, then: read() });
  }
  if (branches.length === 0) throw reader.unexpected("ParseExpectedWhenClause");
  const otherwise = reader.accept("ELSE") ? read() : undefined;
  reader.expect("END");
  return { kind: "case", operand, branches, otherwise };
}
