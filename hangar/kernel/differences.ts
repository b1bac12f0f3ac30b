// Where a value is not what was expected of it: as vitest's toMatchObject sees it, with any runner's asymmetric matchers.

import { inspect, isDeepStrictEqual } from "node:util";

/** Where and what, e.g. `Item.id.S: expected "1", was "2"`. */
export type Difference = string;

/** What vitest's and Jest's `expect.any(…)`, `expect.stringContaining(…)` and the like have in common. */
type Asymmetric = {
  asymmetricMatch(value: unknown): boolean;
  toAsymmetricMatcher?(): string;
  toString(): string;
  readonly sample?: unknown;
};

/** Members that are not expected do not matter. A text or bytes of JSON may be expected as what it says. */
export function differences(expected: unknown, actual: unknown, path = ""): readonly Difference[] {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(actual) ? [] : [unlike(path, expected, actual)];
  if (Array.isArray(expected)) return ofList(expected, parsed(actual), path);
  if (isPlain(expected)) {
    const value = parsed(actual);
    if (!isPlain(value)) return [unlike(path, expected, actual)];
    return Object.entries(expected).flatMap(([name, each]) =>
      differences(each, value[name], path === "" ? name : `${path}.${name}`),
    );
  }
  if (typeof expected === "string" && actual instanceof Uint8Array)
    return Buffer.from(actual).toString() === expected ? [] : [unlike(path, expected, actual)];
  return isDeepStrictEqual(bytes(expected), bytes(actual)) ? [] : [unlike(path, expected, actual)];
}

function ofList(expected: readonly unknown[], actual: unknown, path: string): readonly Difference[] {
  if (!Array.isArray(actual)) return [unlike(path, expected, actual)];
  if (actual.length !== expected.length)
    return [
      `${path === "" ? "" : `${path}: `}expected ${expected.length} elements, there were ${actual.length}: ${shown(actual)}`,
    ];
  return expected.flatMap((each, index) => differences(each, actual[index], `${path}[${index}]`));
}

/** For people: what was expected, or was there. */
export function shown(value: unknown): string {
  if (isAsymmetric(value)) {
    const name = value.toAsymmetricMatcher?.() ?? value.toString();
    return value.sample === undefined || name.includes("<") ? name : `${name} ${shown(value.sample)}`;
  }
  if (value instanceof Uint8Array) return shownBytes(value);
  if (isPlain(value)) {
    const members = Object.entries(value).map(
      ([name, each]) => `${/^\w+$/.test(name) ? name : JSON.stringify(name)}: ${shown(each)}`,
    );
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  return typeof value === "string" ? JSON.stringify(value) : inspect(value);
}

function shownBytes(value: Uint8Array): string {
  const text = Buffer.from(value).toString();
  return value.length > 500 || /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text)
    ? `(${value.length} bytes)`
    : JSON.stringify(text);
}

function unlike(path: string, expected: unknown, actual: unknown): Difference {
  const was = actual === undefined ? "was absent" : `was ${shown(actual)}`;
  return `${path === "" ? "" : `${path}: `}expected ${shown(expected)}, ${was}`;
}

function isAsymmetric(value: unknown): value is Asymmetric {
  return typeof value === "object" && value !== null && typeof (value as Asymmetric).asymmetricMatch === "function";
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** A Buffer equals any other bytes. */
function bytes(value: unknown): unknown {
  return value instanceof Uint8Array ? new Uint8Array(value) : value;
}

function parsed(value: unknown): unknown {
  const text = value instanceof Uint8Array ? Buffer.from(value).toString() : value;
  if (typeof text !== "string" || !/^\s*[[{]/.test(text)) return value;
  try {
    return JSON.parse(text);
  } catch {
    return value;
  }
}
