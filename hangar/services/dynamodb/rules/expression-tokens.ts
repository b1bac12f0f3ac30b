// Splits an expression into tokens and says, in AWS's words, which one is wrong.

import { validation } from "../errors.ts";

export type TokenKind = "word" | "keyword" | "name" | "value" | "index" | "symbol" | "unknown" | "end";
export type Token = { readonly kind: TokenKind; readonly text: string; readonly start: number; readonly end: number };

const TOKEN =
  /[ \t\r\n]+|([A-Za-z][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(0|[1-9]\d*)|(<=|>=|<>|[=<>(),.[\]+-])|([^])/gy;
const KINDS: readonly TokenKind[] = ["word", "name", "value", "index", "symbol", "unknown"];
const KEYWORDS: ReadonlySet<string> = new Set("AND OR NOT BETWEEN IN SET REMOVE ADD DELETE".split(" "));

/** Parentheses in each other are read by a function that calls itself. So many of them are wrong whatever they hold. */
const MAX_OPEN = 400;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const group = match.findIndex((part, index) => index > 0 && part !== undefined);
    if (group < 1) continue;
    const kind = group === 1 && KEYWORDS.has(match[0].toUpperCase()) ? "keyword" : (KINDS[group - 1] as TokenKind);
    tokens.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  tokens.push({ kind: "end", text: "<EOF>", start: text.length, end: text.length });
  return tokens;
}

/** Reads tokens one by one. `label` is the parameter's name. */
export class TokenReader {
  readonly label: string;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #opened = 0;

  constructor(text: string, label: string) {
    this.label = label;
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  get current(): Token {
    return this.#tokens[this.#at] as Token;
  }

  get following(): Token {
    return this.#tokens[Math.min(this.#at + 1, this.#tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.current;
    if (token.kind === "end") throw this.unexpected();
    this.#at += 1;
    return token;
  }

  isSymbol(symbol: string): boolean {
    return this.current.kind === "symbol" && this.current.text === symbol;
  }

  /** Keywords are words in any case. */
  isWord(word: string): boolean {
    return this.current.kind === "keyword" && this.current.text.toUpperCase() === word;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.#at += 1;
    return true;
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.#at += 1;
    return true;
  }

  open(): void {
    this.expectSymbol("(");
    this.#opened += 1;
    if (this.#opened > MAX_OPEN) throw this.#tooDeep();
  }

  /** Without operators between them parentheses are doubled; with them there are too many operators. */
  #tooDeep(): Error {
    const opening = (token: Token | undefined): boolean => token?.text === "(";
    const open = this.#tokens.filter(opening).length;
    this.#at = this.#tokens.length - 1;
    if (open > this.#tokens.filter(({ text }) => text === ")").length) return this.unexpected();
    const doubled = this.#tokens.some((token, index) => opening(token) && opening(this.#tokens[index + 1]));
    return doubled ? doubledParentheses(this.label) : tooManyOperators(this.label);
  }

  close(): void {
    this.expectSymbol(")");
    this.#opened -= 1;
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.unexpected();
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.unexpected();
  }

  expectEnd(): void {
    if (this.current.kind !== "end") throw this.unexpected();
  }

  /** AWS shows the wrong token with its neighbours. */
  unexpected(): Error {
    const token = this.current;
    const before = this.#tokens[this.#at - 1] ?? token;
    const near = this.#text.slice(before.start, this.following.end);
    return invalidExpression(this.label, `Syntax error; token: "${token.text}", near: "${near}"`);
  }
}

export function invalidExpression(label: string, message: string): Error {
  return validation(`Invalid ${label}: ${message}`);
}

export function doubledParentheses(label: string): Error {
  return invalidExpression(label, "The expression has redundant parentheses;");
}

/** AWS stops counting at the first that is too many. */
export function tooManyOperators(label: string): Error {
  return invalidExpression(label, "The expression contains too many operators; operator count: 301");
}
