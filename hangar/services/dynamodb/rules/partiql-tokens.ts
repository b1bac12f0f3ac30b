// Splits a PartiQL statement into tokens.

import { validation } from "../errors.ts";

export type PartiqlToken = {
  readonly kind: "word" | "quoted" | "text" | "number" | "symbol" | "end";
  readonly text: string;
};

const TOKEN =
  /\s+|([A-Za-z_$][A-Za-z0-9_$]*)|"((?:[^"]|"")*)"|'((?:[^']|'')*)'|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|(<<|>>|<=|>=|<>|!=|[=<>(){}[\],.:?*+;-])|([^])/gy;

export function malformed(what: string): Error {
  return validation(`Statement wasn't well formed, can't be processed: ${what}`);
}

export function partiqlTokens(statement: string): PartiqlToken[] {
  const tokens: PartiqlToken[] = [];
  for (const [all, word, quoted, text, number, symbol, unknown] of statement.matchAll(TOKEN)) {
    if (unknown !== undefined) throw malformed(`Unexpected character: ${all}`);
    if (word !== undefined) tokens.push({ kind: "word", text: word });
    else if (quoted !== undefined) tokens.push({ kind: "quoted", text: quoted.replaceAll('""', '"') });
    else if (text !== undefined) tokens.push({ kind: "text", text: text.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", text: symbol });
  }
  while (tokens.at(-1)?.text === ";" && tokens.at(-1)?.kind === "symbol") tokens.pop();
  tokens.push({ kind: "end", text: "" });
  return tokens;
}
