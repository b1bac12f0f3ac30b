// The wildcard operator: `*` stands for any characters, `\*` for itself.

import { invalidPattern } from "../errors.ts";

export function wildcardTest(operand: unknown): (value: unknown) => boolean {
  if (typeof operand !== "string") throw invalidPattern("wildcard match pattern must be a string");
  const parts = literalParts(operand);
  return (value) => typeof value === "string" && fits(value, parts);
}

/** The texts between the wildcards. */
function literalParts(pattern: string): string[] {
  const parts = [""];
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern.charAt(index);
    if (character === "\\") {
      const next = pattern.charAt(index + 1);
      if (next !== "*" && next !== "\\") throw invalidPattern(`Invalid escape character at pos ${index}`);
      parts.push((parts.pop() ?? "") + next);
      index += 1;
    } else if (character === "*") {
      if (pattern.charAt(index + 1) === "*") throw invalidPattern(`Consecutive wildcard characters at pos ${index}`);
      parts.push("");
    } else parts.push((parts.pop() ?? "") + character);
  }
  return parts;
}

/** First and last part are anchored, those between are found one after the other: linear in the text. */
function fits(value: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first) || value.length < first.length + last.length || !value.endsWith(last)) return false;
  let at = first.length;
  const end = value.length - last.length;
  for (const part of rest) {
    const found = value.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return at <= end;
}
