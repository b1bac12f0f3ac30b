// Event patterns as EventBridge, SNS and Pipes have them: compiled once, then matched against events.

import { JsonCursor, PatternError } from "./json-cursor.ts";
import { exactly, matchExpression, type Matcher, type PatternOptions } from "./matchers.ts";

export { jsonFault, PatternError } from "./json-cursor.ts";
export type { PatternOptions } from "./matchers.ts";

/** A field of a pattern: its path, joined by dots, and what may stand there. */
export type PatternField = { readonly path: string; readonly matchers: readonly Matcher[] };

/** Any of the alternatives must hold in all its fields. */
export type Pattern = { readonly alternatives: readonly (readonly PatternField[])[] };

type Alternatives = readonly (readonly PatternField[])[];

const MOST_ALTERNATIVES = 1000;

/** Throws PatternError, in AWS's words. */
export function parsePattern(text: string, options: PatternOptions = {}): Pattern {
  const cursor = new JsonCursor(text);
  if (cursor.next().kind !== "{") cursor.fail("Filter is not an object");
  const alternatives = object(cursor, "", options);
  cursor.next();
  return { alternatives };
}

function object(cursor: JsonCursor, path: string, options: PatternOptions): Alternatives {
  let found: Alternatives = [[]];
  let empty = true;
  for (let token = cursor.next(); token.kind !== "}"; token = cursor.next()) {
    empty = false;
    const name = cursor.text();
    const inner = path === "" ? name : `${path}.${name}`;
    const { kind } = cursor.next();
    if (kind === "{") found = both(found, object(cursor, inner, options));
    else if (kind === "[" && name === "$or" && cursor.follows("{")) found = both(found, either(cursor, path, options));
    else if (kind === "[") found = both(found, [[{ path: inner, matchers: leaf(cursor, options) }]]);
    else cursor.fail(`"${name}" must be an object or an array`);
  }
  if (empty) cursor.fail("Empty objects are not allowed");
  return found;
}

function both(left: Alternatives, right: Alternatives): Alternatives {
  const joined = left.flatMap((one) => right.map((other) => [...one, ...other]));
  if (joined.length > MOST_ALTERNATIVES) throw new PatternError("Rule is too complex - try using fewer $or");
  return joined;
}

function either(cursor: JsonCursor, path: string, options: PatternOptions): Alternatives {
  const found: (readonly PatternField[])[] = [];
  let objects = 0;
  for (let token = cursor.next(); token.kind !== "]"; token = cursor.next()) {
    if (token.kind !== "{") cursor.fail("Only objects are allowed in array of $or relationship.");
    objects += 1;
    found.push(...object(cursor, path, options));
  }
  if (objects < 2) cursor.fail("There must have at least 2 Objects in $or relationship.");
  return found;
}

function leaf(cursor: JsonCursor, options: PatternOptions): readonly Matcher[] {
  const matchers: Matcher[] = [];
  for (let token = cursor.next(); token.kind !== "]"; token = cursor.next()) {
    if (token.kind === "{") matchers.push(matchExpression(cursor, options));
    else if (token.kind === "[") cursor.fail("Match value must be String, number, true, false, or null");
    else {
      cursor.text();
      matchers.push(exactly(token.value));
    }
  }
  if (matchers.length === 0) cursor.fail("Empty arrays are not allowed");
  return matchers;
}

/** A value of an event, and which elements of which arrays it stands in. */
type Entry = { readonly value: unknown; readonly elements: readonly Element[] };
type Element = { readonly array: string; readonly index: number };
export type FlatEvent = ReadonlyMap<string, readonly Entry[]>;

/** An event's leaves by path: names joined by dots, array elements side by side. */
export function flatten(event: unknown): FlatEvent {
  const flat = new Map<string, Entry[]>();
  collect(event, "", [], flat);
  return flat;
}

function collect(value: unknown, path: string, elements: readonly Element[], flat: Map<string, Entry[]>): void {
  if (Array.isArray(value)) {
    const array = `${path}#${elements.map((each) => each.index).join(".")}`;
    value.forEach((each, index) => collect(each, path, [...elements, { array, index }], flat));
    return;
  }
  if (value !== null && typeof value === "object") {
    for (const [name, each] of Object.entries(value))
      collect(each, path === "" ? name : `${path}.${name}`, elements, flat);
    return;
  }
  const entries = flat.get(path);
  if (entries === undefined) flat.set(path, [{ value, elements }]);
  else entries.push({ value, elements });
}

export function matches(pattern: Pattern, event: FlatEvent): boolean {
  return pattern.alternatives.some((fields) => holds(fields, 0, event, []));
}

/** Fields within one array must be met by one and the same element of it. */
function holds(fields: readonly PatternField[], at: number, event: FlatEvent, chosen: readonly Element[]): boolean {
  const field = fields[at];
  if (field === undefined) return true;
  const entries = event.get(field.path);
  if (entries === undefined)
    return field.matchers.some((matcher) => matcher.absent === true) && holds(fields, at + 1, event, chosen);
  return entries.some(
    ({ value, elements }) =>
      elements.every((element) =>
        chosen.every((other) => other.array !== element.array || other.index === element.index),
      ) &&
      field.matchers.some((matcher) => matcher.test(value)) &&
      holds(fields, at + 1, event, elements.length === 0 ? chosen : [...chosen, ...elements]),
  );
}

const compiled = new Map<string, Pattern>();

/** For patterns that were checked when they were stored: parsed once. */
export function storedPattern(text: string): Pattern {
  let pattern = compiled.get(text);
  if (pattern === undefined) {
    pattern = parsePattern(text);
    if (compiled.size > 1000) compiled.clear();
    compiled.set(text, pattern);
  }
  return pattern;
}
