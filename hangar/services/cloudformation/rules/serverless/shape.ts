// The kinds of values that properties of serverless resources take, as SAM checks them.

import { at, isFields, textOf } from "./values.ts";
import { eventProblem, resourceProblem } from "./problems.ts";
import { entriesOf, keysOf, type Fields } from "./python-order.ts";

/** Property -> kinds joined by `|`; `list<…>`, `map<…>`; `!` at the end: required; `=` in front: no function may stand there; `one of …`. */
export type Shape = Readonly<Record<string, string>>;

export function matches(value: unknown, wanted: string): boolean {
  const exact = wanted.startsWith("=");
  const kinds = wanted.replace(/^=|!$/g, "");
  if (!exact && isFields(value) && keysOf(value).length === 1) return true;
  if (kinds.startsWith("one of ")) return namesIn(kinds).includes(textOf(value) ?? "");
  return alternatives(kinds).some((kind) => isKind(value, kind));
}

function isKind(value: unknown, kind: string): boolean {
  const inner = /^(list|map)<(.*)>$/.exec(kind);
  if (inner?.[1] === "list") return Array.isArray(value) && value.every((item) => matchesWithin(item, inner[2] ?? ""));
  if (inner?.[1] === "map")
    return isFields(value) && entriesOf(value).every(([, item]) => matchesWithin(item, inner[2] ?? ""));
  switch (kind) {
    case "any":
      return true;
    case "string":
      return textOf(value) !== undefined;
    case "map":
      return isFields(value);
    case "list":
      return Array.isArray(value);
    case "boolean":
      return typeof value === "boolean";
    default:
      return Number.isInteger(value) || typeof value === "boolean";
  }
}

function matchesWithin(value: unknown, kinds: string): boolean {
  return alternatives(kinds).some((kind) => isKind(value, kind));
}

/** Splits at the outermost bars. */
function alternatives(kinds: string): string[] {
  const found: string[] = [""];
  let depth = 0;
  for (const character of kinds) {
    if (character === "<") depth += 1;
    if (character === ">") depth -= 1;
    if (character === "|" && depth === 0) found.push("");
    else found.push(`${found.pop() ?? ""}${character}`);
  }
  return found;
}

function namesIn(kinds: string): string[] {
  return kinds.slice("one of ".length).split(",");
}

export function typeProblem(name: string, wanted: string): string {
  const kinds = wanted.replace(/^=|!$/g, "");
  if (kinds === "string" || kinds === "map") return `Property '${name}' should be a ${kinds}.`;
  if (kinds.startsWith("one of ")) {
    const names = namesIn(kinds).map((each) => `'${each}'`);
    return `Property '${name}' should be a one of the strings: ${names.join(" or ")}.`;
  }
  return `Type of property '${name}' is invalid.`;
}

const KINDS = { map: isFields, list: Array.isArray, string: (value: unknown) => textOf(value) !== undefined } as const;

/** Who a wrong value belongs to. */
export type Owner = { readonly resource: string } | { readonly event: string };

function wrong(owner: Owner, message: string): Error {
  return "event" in owner ? eventProblem(owner.event, message) : resourceProblem(owner.resource, message);
}

export function expectMap(value: unknown, owner: Owner, path: string, message?: string): Fields {
  if (isFields(value)) return value;
  throw wrong(owner, message ?? `Property '${path}' should be a map.`);
}

export function expect(kind: keyof typeof KINDS | "boolean", value: unknown, owner: Owner, path: string): void {
  const fits = kind === "boolean" ? typeof value === "boolean" : KINDS[kind](value);
  if (!fits) throw wrong(owner, `Property '${path}' should be a ${kind}.`);
}

export function expectText(value: unknown, owner: Owner, path: string): string {
  const text = textOf(value);
  if (text === undefined) throw wrong(owner, `Property '${path}' should be a string.`);
  return text;
}

export function expectList(value: unknown, owner: Owner, path: string): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw wrong(owner, `Property '${path}' should be a list.`);
}

export function expectPresent(fields: Fields, name: string, owner: Owner, path: string): unknown {
  const value = at(fields, name);
  if (value === undefined || value === null) throw wrong(owner, `Property '${path}' is required.`);
  return value;
}
