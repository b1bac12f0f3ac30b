// Reads the parts of PartiQL statements: names, paths, values and parameters.

import { validation } from "../errors.ts";
import { checkedValue, typeOf, type AttributeValue } from "./attribute-value.ts";
import type { BoundPath } from "./bindings.ts";
import { malformed, partiqlTokens, type PartiqlToken } from "./partiql-tokens.ts";

export class PartiqlReader {
  readonly #tokens: readonly PartiqlToken[];
  readonly #parameters: readonly AttributeValue[];
  #at = 0;
  #taken = 0;

  constructor(statement: string, parameters: readonly AttributeValue[]) {
    this.#tokens = partiqlTokens(statement);
    this.#parameters = parameters;
  }

  get current(): PartiqlToken {
    return this.#tokens[this.#at] as PartiqlToken;
  }

  next(): PartiqlToken {
    const token = this.current;
    if (token.kind === "end") throw malformed("Unexpected end of statement");
    this.#at += 1;
    return token;
  }

  isWord(word: string): boolean {
    return this.current.kind === "word" && this.current.text.toUpperCase() === word;
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.#at += 1;
    return true;
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.unexpected();
  }

  isSymbol(symbol: string): boolean {
    return this.current.kind === "symbol" && this.current.text === symbol;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.#at += 1;
    return true;
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.unexpected();
  }

  /** A call, when a name and a parenthesis come next. */
  takeCall(name: string): boolean {
    const following = this.#tokens[this.#at + 1];
    if (!this.isWord(name) || following?.kind !== "symbol" || following.text !== "(") return false;
    this.#at += 2;
    return true;
  }

  unexpected(): Error {
    return malformed(
      this.current.kind === "end" ? "Unexpected end of statement" : `Unexpected term: ${this.current.text}`,
    );
  }

  finish(): void {
    if (this.current.kind !== "end") throw this.unexpected();
    if (this.#taken !== this.#parameters.length)
      throw validation("Number of parameters in request and statement don't match.");
  }

  name(): string {
    if (this.current.kind !== "word" && this.current.kind !== "quoted") throw this.unexpected();
    return this.next().text;
  }

  path(): BoundPath {
    const path: (string | number)[] = [this.name()];
    for (;;) {
      if (this.takeSymbol(".")) path.push(this.name());
      else if (this.takeSymbol("[")) {
        const token = this.next();
        if (token.kind === "number") path.push(Number(token.text));
        else if (token.kind === "text") path.push(token.text);
        else throw this.unexpected();
        this.expectSymbol("]");
      } else return path;
    }
  }

  /** A literal or parameter; undefined when something else comes next. */
  takeValue(): AttributeValue | undefined {
    const { current } = this;
    if (current.kind === "text") return { S: this.next().text };
    if (current.kind === "number") return checkedValue({ N: this.next().text }, { bytes: 0 });
    if (this.takeSymbol("-")) return checkedValue({ N: `-${this.next().text}` }, { bytes: 0 });
    if (this.takeSymbol("?")) return this.#parameter();
    if (this.takeSymbol("[")) return { L: this.#values("]") };
    if (this.takeSymbol("<<")) return this.#set();
    if (this.takeSymbol("{")) return { M: this.#members() };
    if (current.kind !== "word") return undefined;
    if (this.takeWord("TRUE")) return { BOOL: true };
    if (this.takeWord("FALSE")) return { BOOL: false };
    return this.takeWord("NULL") ? { NULL: true } : undefined;
  }

  value(): AttributeValue {
    const value = this.takeValue();
    if (value === undefined) throw this.unexpected();
    return value;
  }

  #parameter(): AttributeValue {
    const value = this.#parameters[this.#taken];
    this.#taken += 1;
    if (value === undefined) throw validation("Number of parameters in request and statement don't match.");
    return checkedValue(value, { bytes: 0 });
  }

  #values(end: string): AttributeValue[] {
    const values: AttributeValue[] = [];
    while (!this.takeSymbol(end)) {
      if (values.length > 0) this.expectSymbol(",");
      values.push(this.value());
    }
    return values;
  }

  #set(): AttributeValue {
    const values = this.#values(">>");
    const type = values[0] === undefined ? undefined : typeOf(values[0]);
    if (type === "S") return checkedValue({ SS: values.map((value) => value.S ?? "") }, { bytes: 0 });
    if (type === "N") return checkedValue({ NS: values.map((value) => value.N ?? "") }, { bytes: 0 });
    if (type === "B") return checkedValue({ BS: values.map((value) => value.B ?? new Uint8Array()) }, { bytes: 0 });
    throw malformed("A set holds texts, numbers or binaries");
  }

  #members(): Record<string, AttributeValue> {
    const members: Record<string, AttributeValue> = {};
    while (!this.takeSymbol("}")) {
      if (Object.keys(members).length > 0) this.expectSymbol(",");
      if (this.current.kind !== "text") throw this.unexpected();
      const name = this.next().text;
      this.expectSymbol(":");
      members[name] = this.value();
    }
    return members;
  }
}
