// Reads tokens one after another, and says in AWS's words what stands in the wrong place.

import type { AwsError } from "../../../../kernel/aws-error.ts";
import { fault, syntaxFault } from "./faults.ts";
import { placeOf, tokensOf, type Token } from "./tokens.ts";

const KINDS: Readonly<Record<Token["kind"], string>> = {
  keyword: "KEYWORD",
  name: "IDENTIFIER",
  quoted: "QUOTED_IDENTIFIER",
  string: "LITERAL",
  number: "LITERAL",
  ion: "ION_LITERAL",
  symbol: "OPERATOR",
  end: "EOF",
};
/** Hostile nesting ends as an error, not as an exhausted stack. */
const DEEPEST = 200;

export class TokenReader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  peek(ahead = 0): Token {
    const last = this.#tokens.length - 1;
    return this.#tokens[Math.min(this.#next + ahead, last)] as Token;
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  /** Whether a keyword or symbol stands here. */
  at(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.kind === "keyword" || token.kind === "symbol") && token.text === text;
  }

  /** Words that are keywords in their place only: date parts, function names. */
  atWord(word: string): boolean {
    const token = this.peek();
    return (token.kind === "name" || token.kind === "keyword") && token.text.toUpperCase() === word;
  }

  accept(text: string): boolean {
    const found = this.at(text);
    if (found) this.#next += 1;
    return found;
  }

  expect(text: string, code = "ParseUnexpectedToken"): void {
    if (!this.accept(text)) throw this.unexpected(code);
  }

  unexpected(code = "ParseUnexpectedToken", token = this.peek()): AwsError {
    return this.fault(code, `Unexpected token found ${KINDS[token.kind]}:UNKNOWN`, token);
  }

  /** `what` is said before the place. */
  fault(code: string, what: string, token = this.peek()): AwsError {
    return syntaxFault(code, what, placeOf(this.#text, token.at));
  }

  nested<Result>(read: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw fault("UnsupportedSyntax");
    const result = read();
    this.#depth -= 1;
    return result;
  }
}
