// LIKE: `%` is any text, `_` one character. Takes at most the product of both lengths, whatever the pattern.

import { fault } from "./faults.ts";

/** Undefined is `%`, null is `_`. */
export type LikePattern = readonly (string | null | undefined)[];

export function likePattern(pattern: string, escape: string | undefined): LikePattern {
  if (escape !== undefined && Array.from(escape).length !== 1) throw fault("LikeInvalidInputs");
  const parts: (string | null | undefined)[] = [];
  let escaped = false;
  for (const character of pattern) {
    if (escaped) {
      if (character !== "%" && character !== "_" && character !== escape) throw fault("LikeInvalidInputs");
      parts.push(character);
      escaped = false;
    } else if (character === escape) escaped = true;
    else parts.push(character === "%" ? undefined : character === "_" ? null : character);
  }
  if (escaped) throw fault("LikeInvalidInputs");
  return parts;
}

export function isLike(text: string, pattern: LikePattern): boolean {
  const characters = Array.from(text);
  let [at, next] = [0, 0];
  /** Where the last `%` stands, and how much of the text it has taken. */
  let [star, taken] = [-1, 0];
  while (at < characters.length) {
    const part = pattern[next];
    if (next < pattern.length && part !== undefined && (part === null || part === characters[at])) {
      at += 1;
      next += 1;
    } else if (next < pattern.length && part === undefined) {
      star = next;
      taken = at;
      next += 1;
    } else if (star >= 0) {
      taken += 1;
      at = taken;
      next = star + 1;
    } else return false;
  }
  while (next < pattern.length && pattern[next] === undefined) next += 1;
  return next === pattern.length;
}
