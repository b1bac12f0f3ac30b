// Cuts the SQL of S3 Select into tokens.

import type { AwsError } from "../../../../kernel/aws-error.ts";
import { fault, syntaxFault } from "./faults.ts";

export type Token = {
  readonly kind: "keyword" | "name" | "quoted" | "string" | "number" | "ion" | "symbol" | "end";
  /** Keywords are in capitals; quotes are taken off. */
  readonly text: string;
  readonly at: number;
};

const MAX_BYTES = 256 * 1024;
const KEYWORDS = new Set(
  `SELECT FROM AS WHERE LIMIT AND OR NOT IN LIKE ESCAPE BETWEEN IS NULL MISSING TRUE FALSE CASE WHEN THEN ELSE END CAST
  GROUP ORDER BY HAVING JOIN INNER LEFT CROSS ON UNION INTERSECT EXCEPT DISTINCT ALL OFFSET WITH VALUES PIVOT UNPIVOT
  INSERT UPDATE DELETE CREATE DROP INTO SET EXISTS`
    .trim()
    .split(/\s+/),
);
const PATTERN =
  /(?<space>\s+|--[^\n]*)|(?<name>[A-Za-z_$][A-Za-z0-9_$]*)|"(?<quoted>(?:[^"]|"")*)"|'(?<string>(?:[^']|'')*)'|`(?<ion>[^`]*)`|(?<number>(?:\d+(?:\.\d*)?|(?<![\w\]"])\.\d+)(?:[eE][+-]?\d+)?)|(?<symbol><=|>=|<>|!=|[=<>+\-*/%(),.[\]])/y;

export function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>, at: number): Token | undefined {
  const { name, quoted, string, ion, number, symbol } = groups;
  if (name !== undefined) {
    const upper = name.toUpperCase();
    return KEYWORDS.has(upper) ? { kind: "keyword", text: upper, at } : { kind: "name", text: name, at };
  }
  if (quoted !== undefined) return { kind: "quoted", text: quoted.replaceAll('""', '"'), at };
  if (string !== undefined) return { kind: "string", text: string.replaceAll("''", "'"), at };
  if (ion !== undefined) return { kind: "ion", text: ion, at };
  if (number !== undefined) return { kind: "number", text: number, at };
  if (symbol !== undefined) return { kind: "symbol", text: symbol, at };
  return undefined;
}

export function tokensOf(text: string): readonly Token[] {
  if (Buffer.byteLength(text) > MAX_BYTES) throw fault("ExpressionTooLong");
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw invalidCharacter(text, at);
    const token = tokenOf(match.groups ?? {}, at);
    if (token !== undefined) tokens.push(token);
  }
  tokens.push({ kind: "end", text: "", at: text.length });
  return tokens;
}

function invalidCharacter(text: string, at: number): AwsError {
  return syntaxFault("LexerInvalidChar", "Invalid character", placeOf(text, at));
}
