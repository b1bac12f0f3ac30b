// Rows of CSV as items: keys have the types that their table gives them, all else is text.

import type { AttributeValue, Item } from "../attribute-value.ts";
import { bytesOf } from "./json-line.ts";
import { UnreadableText } from "./unreadable.ts";

export type CsvOptions = {
  readonly delimiter: string;
  /** Without it the first row is the header. */
  readonly header?: readonly string[] | undefined;
  /** Of key attributes. */
  readonly types: ReadonlyMap<string, string>;
};

const MAX_RECORD = 4 * 1024 * 1024;

export class CsvRecords {
  readonly #options: CsvOptions;
  #header: readonly string[] | undefined;
  /** Lines of a row whose quotes are open still. */
  #open: string[] = [];
  #quotes = 0;
  #chars = 0;

  constructor(options: CsvOptions) {
    this.#options = options;
    this.#header = options.header;
  }

  /** The item of a row that ends with this line. */
  take(line: string): Item | undefined {
    if (line === "" && this.#open.length === 0) return undefined;
    this.#open.push(line);
    this.#quotes += quotesIn(line);
    this.#chars += line.length + 1;
    if (this.#chars > MAX_RECORD) throw new UnreadableText(`A row has more than ${MAX_RECORD} chars.`);
    if (this.#quotes % 2 === 1) return undefined;
    const text = this.#open.length === 1 ? line : this.#open.join("\n");
    this.#open = [];
    this.#quotes = 0;
    this.#chars = 0;
    const fields = fieldsOf(text, this.#options.delimiter);
    if (this.#header === undefined) {
      this.#header = fields;
      return undefined;
    }
    return this.#item(this.#header, fields);
  }

  end(): void {
    if (this.#open.length > 0) throw new UnreadableText("A quoted value does not end.");
  }

  #item(header: readonly string[], fields: readonly string[]): Item {
    if (fields.length !== header.length)
      throw new UnreadableText(`A row has ${fields.length} columns, its header ${header.length}.`);
    return Object.fromEntries(
      header.flatMap((name, index): [string, AttributeValue][] => {
        const text = fields[index] as string;
        return text === "" ? [] : [[name, attributeOf(text, this.#options.types.get(name))]];
      }),
    );
  }
}

function attributeOf(text: string, type: string | undefined): AttributeValue {
  if (type === "N") return { N: text };
  return type === "B" ? { B: bytesOf(text) } : { S: text };
}

function quotesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count += 1;
  return count;
}

export function fieldsOf(text: string, delimiter: string): readonly string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const { field, end } = text[at] === '"' ? quotedField(text, at + 1) : plainField(text, at, delimiter);
    fields.push(field);
    if (end >= text.length) return fields;
    if (text[end] !== delimiter) throw new UnreadableText("A quoted value goes on after its quote.");
    at = end + 1;
  }
}

type Field = { readonly field: string; readonly end: number };

function plainField(text: string, start: number, delimiter: string): Field {
  const found = text.indexOf(delimiter, start);
  const end = found < 0 ? text.length : found;
  const field = text.slice(start, end);
  if (field.includes('"')) throw new UnreadableText("A quote is not escaped.");
  return { field, end };
}

function quotedField(text: string, start: number): Field {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0) throw new UnreadableText("A quoted value does not end.");
    if (text[end + 1] !== '"') return { field: text.slice(start, end).replaceAll('""', '"'), end: end + 1 };
    end += 2;
  }
}
