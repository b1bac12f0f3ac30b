// Breaks requests: in their members, or in their very bytes.

import type { Bag, Json, Parts } from "./dynamodb-values.ts";

const JUNK: readonly Json[] = [null, true, 0, -1, 1.5, "", "x", [], {}, [[]], { a: 1 }, "x".repeat(300)];

export class Breaker {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** One member somewhere is lost, replaced or joined by a stranger. */
  broken(value: Json): Json {
    const parts = this.#parts;
    if (value === null || typeof value !== "object" || parts.chance(0.25)) return parts.pick(JUNK);
    if (Array.isArray(value)) {
      const at = parts.below(value.length + 1);
      return value.length === 0
        ? [parts.pick(JUNK)]
        : value.with(Math.min(at, value.length - 1), this.broken(value[at]));
    }
    const bag = { ...(value as Bag) };
    const name = parts.pick(Object.keys(bag));
    if (name === undefined || parts.chance(0.1)) bag["Stranger"] = parts.pick(JUNK);
    else if (parts.chance(0.3)) delete bag[name];
    else bag[name] = this.broken(bag[name]);
    return bag;
  }

  garbled(body: string): string {
    const parts = this.#parts;
    const at = parts.below(body.length);
    switch (parts.below(7)) {
      case 0:
        return body.slice(0, at);
      case 1:
        return body.slice(0, at) + parts.pick(['"', "{", "}", "[", ",", "\u0000", "\\", "💥"]) + body.slice(at);
      case 2:
        return parts.pick(["", "null", "[]", "1", '"text"', "{", "{]", "NaN", "\uFEFF{}", '{"__proto__":{"a":1}}']);
      case 3:
        return "[".repeat(parts.pick([10, 2000, 100_000]));
      case 4:
        return this.#deep(parts.pick([200, 5000, 100_000]));
      case 5:
        return body.replace(/"[^"]*"/, '"\\ud800"');
      default:
        return body.replaceAll("pk", "constructor");
    }
  }

  #deep(levels: number): string {
    return `{"TableName":"Hash","Item":{"pk":${'{"L":['.repeat(levels)}${"]}".repeat(levels)}}}`;
  }
}
