// Passwords as GetRandomPassword makes them.

import type { Ids } from "../../../kernel/ids.ts";
import { invalidParameter } from "../errors.ts";

export type PasswordRules = {
  readonly PasswordLength?: number | undefined;
  readonly ExcludeCharacters?: string | undefined;
  readonly ExcludeNumbers?: boolean | undefined;
  readonly ExcludePunctuation?: boolean | undefined;
  readonly ExcludeUppercase?: boolean | undefined;
  readonly ExcludeLowercase?: boolean | undefined;
  readonly IncludeSpace?: boolean | undefined;
  readonly RequireEachIncludedType?: boolean | undefined;
};

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

export function randomPassword(rules: PasswordRules, ids: Ids): string {
  const length = rules.PasswordLength ?? 32;
  const excluded = new Set(rules.ExcludeCharacters ?? "");
  const types = [
    rules.ExcludeLowercase === true ? "" : LOWER,
    rules.ExcludeUppercase === true ? "" : LOWER.toUpperCase(),
    rules.ExcludeNumbers === true ? "" : "0123456789",
    rules.ExcludePunctuation === true ? "" : PUNCTUATION,
    rules.IncludeSpace === true ? " " : "",
  ]
    .map((type) =>
      Array.from(type)
        .filter((char) => !excluded.has(char))
        .join(""),
    )
    .filter((type) => type !== "");
  const all = types.join("");
  if (all === "") throw invalidParameter("The password can't be generated because all characters are excluded.");
  const required = rules.RequireEachIncludedType === false ? [] : types.map((type) => ids.text(type, 1));
  if (required.length > length)
    throw invalidParameter("The password length is too short to include each of the required types.");
  return shuffled([...required, ...Array.from(ids.text(all, length - required.length))], ids).join("");
}

function shuffled(chars: string[], ids: Ids): string[] {
  for (let index = chars.length - 1; index > 0; index -= 1) {
    const other = Math.floor(ids.fraction() * (index + 1));
    [chars[index], chars[other]] = [chars[other] ?? "", chars[index] ?? ""];
  }
  return chars;
}
