// Records of CSV: headers, comments, quoted record delimiters.

import type { CSVInput } from "../../../../models/s3.d.ts";
import { fieldsOf, type CsvForm } from "../../rules/select/csv-fields.ts";
import { fault } from "../../rules/select/faults.ts";
import { CsvRecord, type Value } from "../../rules/select/values.ts";
import { LONGEST_RECORD } from "./records.ts";

type Lines = AsyncIterable<readonly string[]>;

export const RECORD_DELIMITER = "\n";

/** `header` is the first record, where it is not among the lines. */
export async function* csvRecords(
  lines: Lines,
  input: CSVInput,
  header: string | undefined,
): AsyncGenerator<readonly Value[]> {
  const form: CsvForm = {
    fieldDelimiter: input.FieldDelimiter ?? ",",
    quote: input.QuoteCharacter ?? '"',
    escape: input.QuoteEscapeCharacter ?? '"',
  };
  const use = input.FileHeaderInfo ?? "NONE";
  let expected = use !== "NONE" && header === undefined;
  let names = use === "USE" && header !== undefined ? (fieldsOf(withoutReturn(header, input), form) ?? []) : undefined;
  for await (const batch of joined(lines, input, form)) {
    const records: Value[] = [];
    for (const fields of batch) {
      if (expected) {
        expected = false;
        if (use === "USE") names = fields;
      } else records.push(new CsvRecord(fields, names));
    }
    yield records;
  }
}

function withoutReturn(line: string, { RecordDelimiter: delimiter = RECORD_DELIMITER }: CSVInput): string {
  return delimiter === RECORD_DELIMITER && line.endsWith("\r") ? line.slice(0, -1) : line;
}

/** A record goes on over lines while a quoted field is open, where that is allowed. */
async function* joined(lines: Lines, input: CSVInput, form: CsvForm): AsyncGenerator<readonly (readonly string[])[]> {
  const { Comments: comments = "#", RecordDelimiter: delimiter = RECORD_DELIMITER } = input;
  let open: string | undefined;
  for await (const batch of lines) {
    const records: (readonly string[])[] = [];
    for (const line of batch) {
      const text = open === undefined ? withoutReturn(line, input) : `${open}${delimiter}${withoutReturn(line, input)}`;
      if (open === undefined && (text === "" || (comments !== "" && text.startsWith(comments)))) continue;
      if (text.length > LONGEST_RECORD) throw fault("OverMaxRecordSize");
      const fields = fieldsOf(text, form);
      if (fields === undefined && input.AllowQuotedRecordDelimiter !== true) throw fault("CSVEscapingRecordDelimiter");
      open = fields === undefined ? text : undefined;
      if (fields !== undefined) records.push(fields);
    }
    yield records;
  }
  if (open !== undefined) throw fault("CSVUnescapedQuote");
}
