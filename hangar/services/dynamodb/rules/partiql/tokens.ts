// Splits a PartiQL statement into tokens.

import { validation } from "../../errors.ts";
import { KEYWORDS, WORD_OPERATORS } from "./keywords.ts";
import type { Place } from "./tree.ts";

export type TokenKind = "name" | "quoted" | "keyword" | "operator" | "text" | "number" | "ion" | "mark" | "end";
/** Keywords and their operators are in lower case. */
export type Token = { readonly kind: TokenKind; readonly text: string; readonly place: Place };

const TOKEN =
  /(?<space>[ \t\r\n\v\f]+|--[^\r\n]*|\/\*[^]*?\*\/)|(?<word>[A-Za-z_$][A-Za-z0-9_$]*)|"(?<quoted>(?:[^"]|"")*)"|'(?<text>(?:[^']|'')*)'|(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|`(?<ion>[^`]*)`|(?<mark><<|>>|[()[\]{}:,.;?*])|(?<operator><=|>=|<>|!=|\|\||[=<>+\-/%^@])/gy;
const BROKEN_EXPONENT = /^[eE]/;
const NUMBER = /^\d*(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const MAX_INT = 2_147_483_647n;

export function malformed(what: string): Error {
  return validation(`Statement wasn't well formed, can't be processed: ${what}`);
}

export function tokensOf(statement: string): readonly Token[] {
  const tokens: Token[] = [];
  const scan = new RegExp(TOKEN);
  let line = 1;
  let lineStart = 0;
  let at = 0;
  while (at < statement.length) {
    scan.lastIndex = at;
    const match = scan.exec(statement);
    // AWS says nothing of what its lexer cannot read.
    if (match === null || opensComment(match[0], statement, at)) throw malformed("");
    const length = match[0].length;
    const token = tokenOf(match, { line, column: at - lineStart + 1, length });
    if (token !== undefined) tokens.push(token);
    if (token?.kind === "number" && BROKEN_EXPONENT.test(statement[at + length] ?? "")) throw malformed("");
    for (const newline of match[0].matchAll(/\r\n|\r|\n/g)) {
      line += 1;
      lineStart = at + newline.index + newline[0].length;
    }
    at += length;
  }
  tokens.push({ kind: "end", text: "", place: { line, column: at - lineStart + 1, length: 0 } });
  return tokens;
}

function opensComment(matched: string, statement: string, at: number): boolean {
  return matched === "/" && statement[at + 1] === "*";
}

function tokenOf(match: RegExpExecArray, place: Place): Token | undefined {
  const { word, quoted, text, number, ion, mark, operator } = match.groups ?? {};
  if (word !== undefined) return wordToken(word, place);
  if (quoted !== undefined) return { kind: "quoted", text: quoted.replaceAll('""', '"'), place };
  if (text !== undefined) return { kind: "text", text: text.replaceAll("''", "'"), place };
  if (number !== undefined) return { kind: "number", text: readable(number), place };
  if (ion !== undefined) return { kind: "ion", text: ion, place };
  if (mark !== undefined) return { kind: "mark", text: mark, place };
  if (operator !== undefined) return { kind: "operator", text: operator === "!=" ? "<>" : operator, place };
  return undefined;
}

function wordToken(word: string, place: Place): Token {
  const lower = word.toLowerCase();
  if (!KEYWORDS.has(lower)) return { kind: "name", text: word, place };
  return { kind: WORD_OPERATORS.has(lower) ? "operator" : "keyword", text: lower, place };
}

/** Exponent and scale have 32 bits. */
function readable(number: string): string {
  const [, fraction = "", exponent = "0"] = NUMBER.exec(number) ?? [];
  const power = BigInt(exponent);
  const scale = BigInt(fraction.length) - power;
  if (power > MAX_INT || power < -MAX_INT - 1n || scale > MAX_INT || scale < -MAX_INT - 1n) throw malformed("");
  return number;
}
