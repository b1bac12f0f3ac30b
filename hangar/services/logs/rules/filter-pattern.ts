// Filter patterns: terms, JSON and space-delimited ones. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html

import { invalidParameter } from "../errors.ts";
import { regularExpression } from "./regular-expression.ts";
import { jsonPattern } from "./json-pattern.ts";
import { spacePattern } from "./space-pattern.ts";

/** The values a pattern found in a message, or undefined when it does not match. */
export type Matcher = (message: string) => Readonly<Record<string, string>> | undefined;

const NOTHING: Readonly<Record<string, string>> = {};
const known = new Map<string, Matcher>();

export function filterPattern(text: string): Matcher {
  let matcher = known.get(text);
  if (matcher === undefined) {
    matcher = compile(text.trim());
    if (known.size > 500) known.clear();
    known.set(text, matcher);
  }
  return matcher;
}

function compile(text: string): Matcher {
  if (text === "" || text === '""') return () => NOTHING;
  if (text.startsWith("{")) return jsonPattern(text);
  if (text.startsWith("[")) return spacePattern(text);
  return termsPattern(text);
}

type Term = { readonly kind: "all" | "any" | "none"; readonly test: (message: string) => boolean };

function termsPattern(text: string): Matcher {
  const terms = termsOf(text);
  const all = terms.filter((term) => term.kind === "all");
  const any = terms.filter((term) => term.kind === "any");
  const none = terms.filter((term) => term.kind === "none");
  return (message) => {
    if (none.some((term) => term.test(message))) return undefined;
    if (!all.every((term) => term.test(message))) return undefined;
    return any.length === 0 || any.some((term) => term.test(message)) ? NOTHING : undefined;
  };
}

const TERM = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|%((?:[^%\\]|\\.)*)%|([^\s"]+))/y;

function termsOf(text: string): readonly Term[] {
  const terms: Term[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const match = TERM.exec(text);
    if (match === null) throw invalidParameter("Invalid filter pattern");
    const [, sign, quoted, expression, word] = match;
    const kind = sign === "?" ? "any" : sign === "-" ? "none" : "all";
    terms.push({ kind, test: testOf(quoted, expression, word) });
  }
  return terms;
}

function testOf(
  quoted: string | undefined,
  expression: string | undefined,
  word: string | undefined,
): (message: string) => boolean {
  if (expression !== undefined) {
    const pattern = regularExpression(expression);
    return (message) => pattern.test(message);
  }
  if (word !== undefined && !/^[\w.\-*/:@$#+&,;<>!~|^=]+$/.test(word)) {
    const bad = /[^\w.\-*/:@$#+&,;<>!~|^=]/.exec(word)?.[0] ?? "";
    throw invalidParameter(`Invalid character(s) in term '${bad}'`);
  }
  const term = quoted?.replaceAll(/\\(.)/g, "$1") ?? word ?? "";
  return (message) => message.includes(term);
}
