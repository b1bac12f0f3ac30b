// Event patterns: checked and compiled once, then asked of each event. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html

import { invalidPattern } from "../errors.ts";
import { matcherOf, type Matcher } from "./match-value.ts";

/** Whether an event, as parsed JSON, fits. */
export type Pattern = (event: unknown) => boolean;

type Json = Readonly<Record<string, unknown>>;

const cache = new Map<string, Pattern>();
const CACHED = 1000;

/** Throws InvalidEventPatternException in AWS's words. */
export function compilePattern(text: string): Pattern {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const compiled = compileObject(parse(text));
  if (cache.size >= CACHED) cache.clear();
  cache.set(text, compiled);
  return compiled;
}

function parse(text: string): Json {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalidPattern("Filter is not valid JSON");
  }
  if (!isObject(parsed)) throw invalidPattern("Filter is not an object");
  return parsed;
}

function compileObject(pattern: Json): Pattern {
  const names = Object.keys(pattern);
  if (names.length === 0) throw invalidPattern("Empty objects are not allowed");
  const parts = names.map((name): Pattern => {
    const value = pattern[name];
    if (name === "$or" && Array.isArray(value) && value.length > 1 && value.every(isObject)) {
      const branches = value.map((each) => compileObject(each as Json));
      return (event) => branches.some((branch) => branch(event));
    }
    return compileField(name, value);
  });
  return (event) => parts.every((part) => part(event));
}

function compileField(name: string, value: unknown): Pattern {
  if (Array.isArray(value)) {
    if (value.length === 0) throw invalidPattern("Empty arrays are not allowed");
    const matchers = value.map(matcherOf);
    return (event) => fieldMatches(event, name, matchers);
  }
  if (!isObject(value)) throw invalidPattern(`"${name}" must be an object or an array`);
  const inner = compileObject(value);
  return (event) => {
    // A list of objects fits when one of them does.
    if (Array.isArray(event)) return event.some((each) => inner(member(each, name)));
    const child = member(event, name);
    return Array.isArray(child) ? child.some((each) => inner(each)) : inner(child);
  };
}

function fieldMatches(event: unknown, name: string, matchers: readonly Matcher[]): boolean {
  const value = member(event, name);
  const values = Array.isArray(value) ? value : [value];
  return matchers.some((matcher) =>
    matcher.absent === true ? value === undefined : values.some((each) => each !== undefined && matcher.matches(each)),
  );
}

function member(event: unknown, name: string): unknown {
  return isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
