// A JSON reader that knows where it is as AWS's does: its positions stand in the messages for bad patterns.

export type TokenKind = "{" | "}" | "[" | "]" | "field" | "string" | "number" | "literal" | "end";
export type Token = {
  readonly kind: TokenKind;
  readonly text: string;
  readonly value: unknown;
  readonly start: number;
  readonly end: number;
};

/** What is wrong with a pattern, with its place where AWS gives one. */
export class PatternError extends Error {
  /** Not even JSON. */
  readonly syntax: boolean;

  constructor(message: string, syntax = false) {
    super(message);
    this.name = "PatternError";
    this.syntax = syntax;
  }
}

/** What AWS's parser has against a text, or undefined when it is JSON. */
export function jsonFault(text: string): PatternError | undefined {
  const cursor = new JsonCursor(text);
  try {
    while (cursor.next().kind !== "end");
    return undefined;
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
}

const SHOWN = 500;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /[^\s,:{}[\]"]+/y;
const LITERALS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

export class JsonCursor {
  readonly #source: string;
  #at = 0;
  /** Open objects and arrays; in an object, whether a name comes next. */
  readonly #open: ("{" | "[")[] = [];
  #expectsName = false;
  #ahead: Token | undefined;
  #current: Token | undefined;
  #read = false;

  constructor(source: string) {
    this.#source = source;
  }

  next(): Token {
    const token = this.#ahead ?? this.#scan();
    this.#ahead = undefined;
    this.#current = token;
    this.#read = false;
    // A name is only complete once what follows its colon has been looked at.
    if (token.kind === "field") this.#ahead = this.#scan();
    return token;
  }

  /** The text of the current token, which for strings means reading to its end. */
  text(): string {
    this.#read = true;
    return this.#current?.text ?? "";
  }

  /** Whether the token after the current one is of a kind; moves nothing. */
  follows(kind: TokenKind): boolean {
    this.#ahead ??= this.#scan();
    return this.#ahead.kind === kind;
  }

  fail(message: string, times = 1): never {
    throw new PatternError(message + `\n at ${this.#place(this.#consumed())}`.repeat(times));
  }

  #consumed(): number {
    const token = this.#current?.kind === "field" ? this.#ahead : this.#current;
    if (token === undefined) return this.#at;
    const unread = token.kind === "string" && !(this.#read && token === this.#current);
    return unread ? token.start + 1 : token.end;
  }

  #place(consumed: number): string {
    const before = this.#source.slice(0, consumed);
    const line = before.split("\n").length;
    const column = consumed - (before.lastIndexOf("\n") + 1) + 1;
    const more = this.#source.length - SHOWN;
    const shown = more > 0 ? `"${this.#source.slice(0, SHOWN)}"[truncated ${more} chars]` : `"${this.#source}"`;
    return `[Source: (String)${shown}; line: ${line}, column: ${column}]`;
  }

  #bad(message: string, consumed: number): never {
    throw new PatternError(`${message}\n at ${this.#place(consumed)}`, true);
  }

  #scan(): Token {
    this.#skipSpace();
    const start = this.#at;
    const char = this.#source[start];
    if (char === undefined) {
      if (this.#open.length > 0)
        this.#bad(
          `Unexpected end-of-input: expected close marker for ${this.#open.at(-1) === "{" ? "Object" : "Array"}`,
          start,
        );
      return { kind: "end", text: "", value: undefined, start, end: start };
    }
    if (char === "}" || char === "]") return this.#close(char, start);
    if (this.#expectsName) return this.#name(char, start);
    return this.#value(char, start);
  }

  #close(char: "}" | "]", start: number): Token {
    if (this.#open.pop() !== (char === "}" ? "{" : "[")) this.#bad(`Unexpected close marker '${char}'`, start + 1);
    this.#at += 1;
    this.#afterValue();
    return { kind: char, text: char, value: undefined, start, end: start + 1 };
  }

  #name(char: string, start: number): Token {
    if (char !== '"')
      this.#bad(
        `Unexpected character ('${char}' (code ${char.charCodeAt(0)})): was expecting double-quote to start field name`,
        start,
      );
    const text = this.#string(start);
    const end = this.#at;
    this.#skipSpace();
    if (this.#source[this.#at] !== ":")
      this.#bad(
        `Unexpected character ('${this.#source[this.#at] ?? ""}' (code ${this.#source.charCodeAt(this.#at)})): was expecting a colon to separate field name and value`,
        this.#at,
      );
    this.#at += 1;
    this.#expectsName = false;
    return { kind: "field", text, value: text, start, end };
  }

  #value(char: string, start: number): Token {
    if (char === "{" || char === "[") {
      this.#at += 1;
      this.#open.push(char);
      this.#expectsName = char === "{";
      return { kind: char, text: char, value: undefined, start, end: start + 1 };
    }
    if (char === '"') {
      const text = this.#string(start);
      const end = this.#at;
      this.#afterValue();
      return { kind: "string", text, value: text, start, end };
    }
    NUMBER.lastIndex = start;
    const number = NUMBER.exec(this.#source)?.[0];
    if (number !== undefined) return this.#scalar("number", number, Number(number));
    WORD.lastIndex = start;
    const word = WORD.exec(this.#source)?.[0] ?? char;
    if (!Object.hasOwn(LITERALS, word))
      this.#bad(
        `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
        start + word.length,
      );
    return this.#scalar("literal", word, LITERALS[word]);
  }

  #scalar(kind: "number" | "literal", text: string, value: unknown): Token {
    const start = this.#at;
    this.#at += text.length;
    const end = this.#at;
    this.#afterValue();
    return { kind, text, value, start, end };
  }

  #string(start: number): string {
    STRING.lastIndex = start;
    const raw = STRING.exec(this.#source)?.[0];
    if (raw === undefined) this.#bad("Unexpected end-of-input in a String value", this.#source.length);
    this.#at = start + raw.length;
    return JSON.parse(raw) as string;
  }

  /** Takes the comma, so that what comes next is a value, a name or a close marker. */
  #afterValue(): void {
    const inside = this.#open.at(-1);
    this.#expectsName = inside === "{";
    if (inside === undefined) return;
    this.#skipSpace();
    const char = this.#source[this.#at];
    if (char === ",") this.#at += 1;
    else if (char !== undefined && char !== "}" && char !== "]") {
      this.#bad(
        `Unexpected character ('${char}' (code ${char.charCodeAt(0)})): was expecting comma to separate ${inside === "{" ? "Object" : "Array"} entries`,
        this.#at,
      );
    }
  }

  #skipSpace(): void {
    while (/\s/.test(this.#source[this.#at] ?? "x")) this.#at += 1;
  }
}
