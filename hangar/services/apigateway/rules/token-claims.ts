// A user pool token's claims as API Gateway hands them on: all text, two of the times as Java prints dates.
// https://github.com/awsdocs/amazon-api-gateway-developer-guide/issues/158

import { javaDate } from "./java-date.ts";

const DATES = new Set(["exp", "iat"]);

export function claimTexts(claims: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      DATES.has(name) && typeof value === "number" ? javaDate(value * 1000) : textOf(value),
    ]),
  );
}

/** `a,b` of a list; objects as JSON. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(",");
  return typeof value === "string" ? value : JSON.stringify(value);
}
