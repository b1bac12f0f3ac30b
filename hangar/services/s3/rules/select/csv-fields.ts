// The fields of a CSV record.

import { fault } from "./faults.ts";

export type CsvForm = {
  readonly fieldDelimiter: string;
  readonly quote: string;
  readonly escape: string;
};

/** Undefined where a quoted field is still open at the end. A quote means something at the start of a field only. */
export function fieldsOf(record: string, form: CsvForm): readonly string[] | undefined {
  const { fieldDelimiter, quote } = form;
  if (quote === "" || !record.includes(quote)) return record.split(fieldDelimiter);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const field = record.startsWith(quote, at) ? quotedField(record, at + 1, form) : plainField(record, at, form);
    if (field === undefined) return undefined;
    fields.push(field.text);
    if (field.end >= record.length) return fields;
    if (!record.startsWith(fieldDelimiter, field.end)) throw fault("CSVUnescapedQuote");
    at = field.end + fieldDelimiter.length;
  }
}

type Field = { readonly text: string; readonly end: number };

function plainField(record: string, at: number, { fieldDelimiter }: CsvForm): Field {
  const found = record.indexOf(fieldDelimiter, at);
  const end = found === -1 ? record.length : found;
  return { text: record.slice(at, end), end };
}

function quotedField(record: string, from: number, { quote, escape }: CsvForm): Field | undefined {
  let text = "";
  for (let at = from; at < record.length; at += 1) {
    const character = record.charAt(at);
    if (character === escape && record.charAt(at + 1) === quote) {
      text += quote;
      at += 1;
    } else if (character === quote) return { text, end: at + 1 };
    else text += character;
  }
  return undefined;
}
