// Ion text, as far as DynamoDB's items need it: one value at a time out of a line.

import type { AttributeValue, Item } from "../attribute-value.ts";
import { bytesOf } from "./json-line.ts";
import { MAX_TEXT_DEPTH, UnreadableText } from "./unreadable.ts";

const SPACE = /[\s]*/y;
const NUMBER = /[+-]?(?:\d[\d_]*)(?:\.[\d_]*)?(?:[dDeE][+-]?\d+)?(?=[\s,\]})]|$)/y;
const NAME = /[A-Za-z_$][A-Za-z0-9_$]*/y;
const SIMPLE: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\u0007",
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  v: "\v",
  '"': '"',
  "'": "'",
  "?": "?",
  "/": "/",
  "\\": "\\",
};
const CODED: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

export class IonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Nothing more is to be read. */
  get done(): boolean {
    this.#match(SPACE);
    return this.#at >= this.#text.length;
  }

  /** Takes a word away if it is next. */
  skip(word: string): boolean {
    this.#match(SPACE);
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  value(depth = 0): AttributeValue {
    if (depth > MAX_TEXT_DEPTH) throw new UnreadableText("The item is nested too deeply.");
    if (this.skip("{{")) return { B: this.#blob() };
    if (this.skip("{")) return { M: this.#struct(depth) };
    if (this.skip("[")) return { L: this.#list(depth) };
    if (this.#text.startsWith("'''", this.#at)) return { S: this.#longText() };
    if (this.skip('"')) return { S: this.#quoted('"') };
    const number = this.#match(NUMBER);
    if (number !== undefined) return { N: number.replaceAll("_", "").replace(/[dD]/, "e") };
    return this.#word(depth);
  }

  #word(depth: number): AttributeValue {
    const word = this.skip("'") ? this.#quoted("'") : this.#match(NAME);
    if (word === undefined) throw new UnreadableText(`Ion text cannot be read at ${this.#at}.`);
    if (this.skip("::")) return annotated(word, this.value(depth));
    if (word === "true" || word === "false") return { BOOL: word === "true" };
    if (word !== "null") throw new UnreadableText(`The symbol ${word} is no value of an item.`);
    if (this.skip(".")) this.#match(NAME);
    return { NULL: true };
  }

  #struct(depth: number): Item {
    const entries: [string, AttributeValue][] = [];
    while (!this.skip("}")) {
      const name = this.#fieldName();
      if (!this.skip(":")) throw new UnreadableText("A field of a struct has no value.");
      entries.push([name, this.value(depth + 1)]);
      if (!this.skip(",") && !this.#isNext("}")) throw new UnreadableText("A struct does not end.");
    }
    return Object.fromEntries(entries);
  }

  #fieldName(): string {
    if (this.#text.startsWith("'''", this.#at)) return this.#longText();
    if (this.skip('"')) return this.#quoted('"');
    if (this.skip("'")) return this.#quoted("'");
    const name = this.#match(NAME);
    if (name === undefined) throw new UnreadableText("A field of a struct has no name.");
    return name;
  }

  #list(depth: number): AttributeValue[] {
    const members: AttributeValue[] = [];
    while (!this.skip("]")) {
      members.push(this.value(depth + 1));
      if (!this.skip(",") && !this.#isNext("]")) throw new UnreadableText("A list does not end.");
    }
    return members;
  }

  #blob(): Uint8Array {
    const end = this.#text.indexOf("}}", this.#at);
    if (end < 0) throw new UnreadableText("A blob does not end.");
    const written = this.#text.slice(this.#at, end).replaceAll(/\s/g, "");
    this.#at = end + 2;
    return bytesOf(written);
  }

  /** Several of them in a row are one text. */
  #longText(): string {
    const parts: string[] = [];
    while (this.skip("'''")) parts.push(this.#quoted("'''"));
    return parts.join("");
  }

  #quoted(quote: string): string {
    const parts: string[] = [];
    let from = this.#at;
    for (let at = from; at < this.#text.length; at += 1) {
      if (this.#text.startsWith(quote, at)) {
        parts.push(this.#text.slice(from, at));
        this.#at = at + quote.length;
        return parts.join("");
      }
      if (this.#text[at] !== "\\") continue;
      parts.push(this.#text.slice(from, at));
      const { char, length } = escapeAt(this.#text, at + 1);
      parts.push(char);
      at += length;
      from = at + 1;
    }
    throw new UnreadableText("A text does not end.");
  }

  #isNext(char: string): boolean {
    this.#match(SPACE);
    return this.#text[this.#at] === char;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

/** What stands for a char after a backslash, and how long that is. */
function escapeAt(text: string, at: number): { readonly char: string; readonly length: number } {
  const letter = text[at] ?? "";
  const simple = Object.hasOwn(SIMPLE, letter) ? SIMPLE[letter] : undefined;
  if (simple !== undefined) return { char: simple, length: 1 };
  const digits = Object.hasOwn(CODED, letter) ? (CODED[letter] ?? 0) : 0;
  const code = text.slice(at + 1, at + 1 + digits);
  if (digits === 0 || code.length < digits || !/^[\da-fA-F]+$/.test(code) || Number.parseInt(code, 16) > 0x10ffff)
    throw new UnreadableText("A text has an escape that is none.");
  return { char: String.fromCodePoint(Number.parseInt(code, 16)), length: 1 + digits };
}

/** Sets are lists with an annotation; others say nothing to DynamoDB. */
function annotated(name: string, value: AttributeValue): AttributeValue {
  const members = value.L;
  if (members === undefined) return value;
  if (name === "$dynamodb_SS") return { SS: members.map((each) => each.S ?? wrong()) };
  if (name === "$dynamodb_NS") return { NS: members.map((each) => each.N ?? wrong()) };
  if (name === "$dynamodb_BS") return { BS: members.map((each) => each.B ?? wrong()) };
  return value;
}

function wrong(): never {
  throw new UnreadableText("A set has a member of another type.");
}
