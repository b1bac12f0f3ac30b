// Space-delimited filter patterns: `[ip, user, ..., status = 4*, bytes > 1000]`.

import { invalidParameter } from "../errors.ts";
import { comparison, type Comparison } from "./comparison.ts";
import type { Matcher } from "./filter-pattern.ts";

type Condition = readonly (readonly { readonly field: string; readonly test: Comparison }[])[];
type Field = { readonly name: string; readonly rest: boolean; readonly condition: Condition };

export function spacePattern(text: string): Matcher {
  if (!text.endsWith("]")) throw invalidParameter("Invalid filter pattern");
  const inner = text.slice(1, -1).trim();
  const fields = inner === "" ? [] : splitFields(inner).map(fieldOf);
  const rest = fields.findIndex((field) => field.rest);
  return (message) => {
    const words = wordsOf(message);
    if (fields.length === 0) return {};
    const values = rest < 0 ? fixed(fields, words) : around(fields, words, rest);
    if (values === undefined) return undefined;
    const named = Object.fromEntries(
      values.map(([field, value], index) => [field.name === "" ? `$${index + 1}` : `$${field.name}`, value]),
    );
    const matches = fields.every((field) => holds(field.condition, named));
    return matches ? named : undefined;
  };
}

function fixed(fields: readonly Field[], words: readonly string[]): [Field, string][] | undefined {
  if (fields.length !== words.length) return undefined;
  return fields.map((field, index) => [field, words[index] ?? ""]);
}

function around(fields: readonly Field[], words: readonly string[], rest: number): [Field, string][] | undefined {
  const tail = fields.length - rest - 1;
  if (words.length < rest + tail) return undefined;
  const head = fields.slice(0, rest).map((field, index): [Field, string] => [field, words[index] ?? ""]);
  const end = fields
    .slice(rest + 1)
    .map((field, index): [Field, string] => [field, words[words.length - tail + index] ?? ""]);
  const middle = words
    .slice(rest, words.length - tail)
    .map((word, index): [Field, string] => [{ name: String(rest + 1 + index), rest: false, condition: [] }, word]);
  return [...head, ...middle, ...end];
}

function holds(condition: Condition, named: Readonly<Record<string, string>>): boolean {
  if (condition.length === 0) return true;
  return condition.some((all) => all.every(({ field, test }) => test(named[`$${field}`])));
}

/** `[…]` and `"…"` are one word each. */
function wordsOf(message: string): readonly string[] {
  return [...message.trim().matchAll(/\[([^\]]*)\]|"([^"]*)"|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? "",
  );
}

function splitFields(text: string): readonly string[] {
  return [...text.matchAll(/(?:"(?:[^"\\]|\\.)*"|%(?:[^%\\]|\\.)*%|[^,"%])+/g)].map((match) => match[0].trim());
}

function fieldOf(text: string): Field {
  if (text === "...") return { name: "", rest: true, condition: [] };
  const name = /^\w+/.exec(text)?.[0] ?? "";
  if (name === text) return { name, rest: false, condition: [] };
  const alternatives = text.split("||").map((part) =>
    part.split("&&").map((each) =>
      conditionOf(
        each
          .trim()
          .replaceAll(/^\(+|\)+$/g, "")
          .trim(),
      ),
    ),
  );
  return { name, rest: false, condition: alternatives };
}

function conditionOf(text: string): { readonly field: string; readonly test: Comparison } {
  const match = /^(\w+)\s*(!=|<=|>=|=|<|>)\s*(.+)$/.exec(text);
  const [, field, operator, operand] = match ?? [];
  if (field === undefined || operator === undefined || operand === undefined)
    throw invalidParameter("Invalid filter pattern");
  return { field, test: comparison(operator, operand.trim()) };
}
