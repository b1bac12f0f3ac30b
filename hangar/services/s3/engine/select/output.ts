// Writes results as CSV or JSON.

import type { CSVOutput, OutputSerialization } from "../../../../models/s3.d.ts";
import { fault } from "../../rules/select/faults.ts";
import type { Result } from "../../rules/select/plan.ts";
import { jsonText, textOf, type Members } from "../../rules/select/values.ts";

export type Write = (result: Result) => string;

export function writerOf({ CSV: csv, JSON: json }: OutputSerialization): Write {
  if (csv !== undefined) return csvWriter(csv);
  const end = json?.RecordDelimiter ?? "\n";
  return (result) => {
    const members: Members = Object.fromEntries(result);
    return `${jsonText(members)}${end}`;
  };
}

export function checkOutput({ CSV: csv, JSON: json }: OutputSerialization): void {
  if (csv === undefined && json === undefined) throw fault("MissingRequiredParameter");
  if (csv !== undefined && json !== undefined) throw fault("ObjectSerializationConflict");
  const single = [csv?.QuoteCharacter, csv?.QuoteEscapeCharacter];
  if (single.some((each) => each !== undefined && each.length > 1)) throw fault("InvalidRequestParameter");
}

function csvWriter(csv: CSVOutput): Write {
  const { FieldDelimiter: separator = ",", RecordDelimiter: end = "\n", QuoteCharacter: quote = '"' } = csv;
  const { QuoteEscapeCharacter: escape = '"', QuoteFields: when = "ASNEEDED" } = csv;
  const field = (text: string): string => {
    const needed = [separator, end, quote, "\r", "\n"].some((each) => each !== "" && text.includes(each));
    if (when !== "ALWAYS" && !needed) return text;
    return `${quote}${quote === "" ? text : text.replaceAll(quote, `${escape}${quote}`)}${quote}`;
  };
  return (result) => `${result.map(([, value]) => field(textOf(value))).join(separator)}${end}`;
}
