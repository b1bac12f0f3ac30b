// JSON filter patterns: `{ ($.level = "ERROR") && ($.items[0].n > 3) }`.

import { invalidParameter } from "../errors.ts";
import { comparison, type Comparison } from "./comparison.ts";
import type { Matcher } from "./filter-pattern.ts";

type Test = (document: unknown) => boolean;
type Reader = { readonly tokens: readonly string[]; at: number; readonly selectors: string[] };

const TOKEN =
  /\s*(&&|\|\||[()]|!=|<=|>=|=|<|>|"(?:[^"\\]|\\.)*"|%(?:[^%\\]|\\.)*%|\$(?:\.\['[^']*'\]|\['[^']*'\]|\[\d+\]|\[\*\]|\.[\w\-:*]+)*|[^\s()=!<>&|"]+)/y;

export function jsonPattern(text: string): Matcher {
  if (!text.endsWith("}")) throw invalidParameter("Invalid filter pattern");
  const reader: Reader = { tokens: tokensOf(text.slice(1, -1)), at: 0, selectors: [] };
  const test = alternatives(reader);
  if (reader.at < reader.tokens.length) throw invalidParameter("Invalid filter pattern");
  return (message) => {
    const document = parse(message);
    if (document === undefined || !test(document)) return undefined;
    return Object.fromEntries(reader.selectors.flatMap((selector) => extracted(document, selector)));
  };
}

function extracted(document: unknown, selector: string): [string, string][] {
  const [value] = select(document, selector);
  if (value === null) return [[selector, "null"]];
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? [[selector, String(value)]]
    : [];
}

function parse(message: string): unknown {
  const text = message.trim();
  if (!text.startsWith("{") && !text.startsWith("[")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  const body = text.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < body.length) {
    const match = TOKEN.exec(body);
    if (match?.[1] === undefined) throw invalidParameter("Invalid filter pattern");
    tokens.push(match[1]);
  }
  return tokens;
}

function alternatives(reader: Reader): Test {
  const tests = [conjunction(reader)];
  while (reader.tokens[reader.at] === "||") {
    reader.at += 1;
    tests.push(conjunction(reader));
  }
  return tests.length === 1 ? (tests[0] as Test) : (document) => tests.some((test) => test(document));
}

function conjunction(reader: Reader): Test {
  const tests = [condition(reader)];
  while (reader.tokens[reader.at] === "&&") {
    reader.at += 1;
    tests.push(condition(reader));
  }
  return tests.length === 1 ? (tests[0] as Test) : (document) => tests.every((test) => test(document));
}

function condition(reader: Reader): Test {
  const token = take(reader);
  if (token === "(") {
    const inner = alternatives(reader);
    if (take(reader) !== ")") throw invalidParameter("Invalid filter pattern");
    return inner;
  }
  if (!token.startsWith("$")) throw invalidParameter("Invalid filter pattern");
  const selector = token;
  if (!reader.selectors.includes(selector)) reader.selectors.push(selector);
  const operator = take(reader).toUpperCase();
  if (operator === "IS") return is(selector, take(reader).toUpperCase());
  if (operator === "NOT") {
    if (take(reader).toUpperCase() !== "EXISTS") throw invalidParameter("Invalid filter pattern");
    return (document) => select(document, selector).length === 0;
  }
  if (operator === "EXISTS") return (document) => select(document, selector).length > 0;
  const compare: Comparison = comparison(operator, take(reader));
  if (operator === "!=")
    return (document) =>
      select(document, selector).every((value) => compare(value)) && select(document, selector).length > 0;
  return (document) => select(document, selector).some((value) => compare(value));
}

function is(selector: string, what: string): Test {
  const wanted = ({ TRUE: true, FALSE: false, NULL: null } as Record<string, boolean | null | undefined>)[what];
  if (wanted === undefined) throw invalidParameter("Invalid filter pattern");
  return (document) => select(document, selector).includes(wanted);
}

function take(reader: Reader): string {
  const token = reader.tokens[reader.at];
  if (token === undefined) throw invalidParameter("Invalid filter pattern");
  reader.at += 1;
  return token;
}

const STEP = /\.?\['([^']*)'\]|\[(\d+|\*)\]|\.([\w\-:*]+)/y;

/** The values a selector such as `$.a[*].b` finds. */
function select(document: unknown, selector: string): readonly unknown[] {
  let found: unknown[] = [document];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < selector.length) {
    const match = STEP.exec(selector);
    if (match === null) throw invalidParameter("Invalid filter pattern");
    const [, quoted, index, name] = match;
    found = found.flatMap((value) => step(value, index, quoted ?? name ?? ""));
  }
  return found;
}

function step(value: unknown, index: string | undefined, name: string): unknown[] {
  if (index === "*") return Array.isArray(value) ? value : [];
  if (index !== undefined) return Array.isArray(value) && Number(index) < value.length ? [value[Number(index)]] : [];
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
  if (name === "*") return Object.values(value);
  return Object.hasOwn(value, name) ? [(value as Record<string, unknown>)[name]] : [];
}
