// Parses the expressions of S3 Select's SQL, weakest operator first.

import { fault } from "./faults.ts";
import { callOf } from "./parse-call.ts";
import { pathOf } from "./parse-path.ts";
import type { Arithmetic, Comparison, Expression } from "./syntax.ts";
import { parseTimestamp } from "./timestamps.ts";
import type { TokenReader } from "./token-reader.ts";
import type { Value } from "./values.ts";

/** A chain of operators nests as deep as it is long. */
const LONGEST_CHAIN = 1000;
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "<>": "<>",
  "!=": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

export function expressionOf(reader: TokenReader): Expression {
  return reader.nested(() => chain(reader, "OR", () => chain(reader, "AND", () => negation(reader))));
}

function chain(reader: TokenReader, word: "AND" | "OR", operand: () => Expression): Expression {
  const first = operand();
  const operands = [first];
  while (reader.accept(word)) operands.push(operand());
  return operands.length === 1 ? first : { kind: word === "AND" ? "and" : "or", operands };
}

function negation(reader: TokenReader): Expression {
  if (!reader.accept("NOT")) return comparison(reader);
  return { kind: "not", operand: reader.nested(() => negation(reader)) };
}

function comparison(reader: TokenReader): Expression {
  let left = sum(reader);
  for (let length = 0; ; length += 1) {
    if (length > LONGEST_CHAIN) throw fault("UnsupportedSyntax");
    const operator = reader.peek().kind === "symbol" ? COMPARISONS[reader.peek().text] : undefined;
    if (operator !== undefined) {
      reader.take();
      left = { kind: "compare", operator, left, right: sum(reader) };
      continue;
    }
    const test = predicate(reader, left);
    if (test === undefined) return left;
    left = test;
  }
}

function predicate(reader: TokenReader, operand: Expression): Expression | undefined {
  if (reader.accept("IS")) {
    const denied = reader.accept("NOT");
    const what = reader.at("MISSING") ? "MISSING" : "NULL";
    reader.expect(what);
    return denies(denied, { kind: "is", operand, what });
  }
  const denied = reader.at("NOT") && ["IN", "LIKE", "BETWEEN"].some((word) => reader.at(word, 1));
  if (denied) reader.take();
  if (reader.accept("IN")) return denies(denied, { kind: "in", operand, among: listOf(reader) });
  if (reader.accept("BETWEEN")) {
    const low = sum(reader);
    reader.expect("AND");
    return denies(denied, { kind: "between", operand, low, high: sum(reader) });
  }
  if (!reader.accept("LIKE")) return undefined;
  const pattern = sum(reader);
  return denies(denied, { kind: "like", operand, pattern, escape: reader.accept("ESCAPE") ? sum(reader) : undefined });
}

function denies(denied: boolean, operand: Expression): Expression {
  return denied ? { kind: "not", operand } : operand;
}

function listOf(reader: TokenReader): readonly Expression[] {
  const closing = reader.accept("[") ? "]" : ")";
  if (closing === ")") reader.expect("(", "ParseExpectedLeftParenValueConstructor");
  const all = [expressionOf(reader)];
  while (reader.accept(",")) all.push(expressionOf(reader));
  reader.expect(closing);
  return all;
}

function sum(reader: TokenReader): Expression {
  return operators(reader, ["+", "-"], () => operators(reader, ["*", "/", "%"], () => signed(reader)));
}

function operators(reader: TokenReader, symbols: readonly Arithmetic[], operand: () => Expression): Expression {
  let left = operand();
  for (let length = 0; ; length += 1) {
    const operator = symbols.find((symbol) => reader.at(symbol));
    if (operator === undefined) return left;
    if (length > LONGEST_CHAIN) throw fault("UnsupportedSyntax");
    reader.take();
    left = { kind: "arithmetic", operator, left, right: operand() };
  }
}

function signed(reader: TokenReader): Expression {
  if (reader.accept("+")) return reader.nested(() => signed(reader));
  if (!reader.accept("-")) return primary(reader);
  const right = reader.nested(() => signed(reader));
  return { kind: "arithmetic", operator: "-", left: { kind: "literal", value: 0 }, right };
}

const CONSTANTS: Readonly<Record<string, Value>> = { TRUE: true, FALSE: false, NULL: null, MISSING: undefined };

function primary(reader: TokenReader): Expression {
  const token = reader.peek();
  if (token.kind === "quoted") return pathOf(reader);
  if (token.kind === "name") return reader.at("(", 1) ? callOf(reader, () => expressionOf(reader)) : pathOf(reader);
  if (token.kind === "keyword" && !Object.hasOwn(CONSTANTS, token.text)) {
    if (token.text === "CASE" || token.text === "CAST") return callOf(reader, () => expressionOf(reader));
    throw reader.unexpected();
  }
  reader.take();
  if (token.kind === "keyword") return { kind: "literal", value: CONSTANTS[token.text] };
  if (token.kind === "string") return { kind: "literal", value: token.text };
  if (token.kind === "number") return { kind: "literal", value: Number(token.text) };
  if (token.kind === "ion") return { kind: "literal", value: ionValue(reader, token.text) };
  if (token.kind === "symbol" && token.text === "(") {
    const inner = expressionOf(reader);
    reader.expect(")");
    return inner;
  }
  throw reader.unexpected("ParseUnexpectedToken", token);
}

/** Of Ion's literals, timestamps, numbers and words. */
function ionValue(reader: TokenReader, text: string): Value {
  const timestamp = parseTimestamp(text);
  if (timestamp !== undefined) return timestamp;
  if (/^-?\d+(\.\d+)?([ed][+-]?\d+)?$/i.test(text)) return Number(text.replace(/d/i, "e"));
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  if (/^"[^"\\]*"$/.test(text)) return text.slice(1, -1);
  throw reader.fault("LexerInvalidIONLiteral", "Invalid Ion literal");
}
