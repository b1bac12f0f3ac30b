// Goes through the tokens of a PartiQL statement.

import { malformed, type Token, type TokenKind } from "./tokens.ts";

export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;
  /** Question marks so far. */
  parameters = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  /** Tokens left, with the end. */
  left(): number {
    return this.#tokens.length - this.#at;
  }

  next(): Token {
    const token = this.peek();
    this.#at = Math.min(this.#at + 1, this.#tokens.length - 1);
    return token;
  }

  is(kind: TokenKind, text?: string): boolean {
    const token = this.peek();
    return token.kind === kind && (text === undefined || token.text === text);
  }

  isMark(text: string): boolean {
    return this.is("mark", text);
  }

  isWord(...words: readonly string[]): boolean {
    return words.every((word, index) => {
      const token = this.peek(index);
      return (token.kind === "keyword" || token.kind === "operator") && token.text === word;
    });
  }

  isName(): boolean {
    return this.is("name") || this.is("quoted");
  }

  takeMark(text: string): boolean {
    return this.#take(this.isMark(text));
  }

  takeWord(word: string): boolean {
    return this.#take(this.isWord(word));
  }

  #take(found: boolean): boolean {
    if (found) this.next();
    return found;
  }

  expectMark(text: string, called: string): void {
    if (!this.takeMark(text)) throw malformed(`Expected ${called}`);
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) throw malformed(`Expected ${word.toUpperCase()} keyword`);
  }
}
