// Whether a password is as the pool's policy wants it, in AWS's words.

import type { PasswordPolicyType } from "../../../models/cognito-idp.d.ts";
import { invalidPassword } from "../errors.ts";
import type { PoolRow } from "../store.ts";

const USUAL = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 7,
} as const satisfies PasswordPolicyType;

const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** A policy that is given says no to what it does not name. */
export function passwordPolicy({ settings }: Pick<PoolRow, "settings">): PasswordPolicyType & {
  readonly TemporaryPasswordValidityDays: number;
} {
  const given = settings.Policies?.PasswordPolicy;
  if (given === undefined) return USUAL;
  const legacyDays = settings.AdminCreateUserConfig?.UnusedAccountValidityDays;
  return {
    ...given,
    MinimumLength: given.MinimumLength ?? 6,
    RequireUppercase: given.RequireUppercase ?? false,
    RequireLowercase: given.RequireLowercase ?? false,
    RequireNumbers: given.RequireNumbers ?? false,
    RequireSymbols: given.RequireSymbols ?? false,
    TemporaryPasswordValidityDays: given.TemporaryPasswordValidityDays ?? legacyDays ?? 7,
  };
}

export function checkPassword(pool: Pick<PoolRow, "settings">, password: string): void {
  const policy = passwordPolicy(pool);
  const rules: readonly (readonly [boolean | undefined, boolean, string])[] = [
    [true, password.length >= (policy.MinimumLength ?? 0), "Password not long enough"],
    [policy.RequireUppercase, /[A-Z]/.test(password), "Password must have uppercase characters"],
    [policy.RequireLowercase, /[a-z]/.test(password), "Password must have lowercase characters"],
    [policy.RequireNumbers, /[0-9]/.test(password), "Password must have numeric characters"],
    [policy.RequireSymbols, SYMBOL.test(password), "Password must have symbol characters"],
  ];
  for (const [asked, met, words] of rules) if (asked === true && !met) throw invalidPassword(words);
}

const ALPHABETS = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!@#$%^&*"] as const;

/** A temporary password that the policy takes. */
export function temporaryPassword(pool: PoolRow, draw: (alphabet: string, length: number) => string): string {
  const length = Math.max(passwordPolicy(pool).MinimumLength ?? 8, 8);
  const one = ALPHABETS.map((alphabet) => draw(alphabet, 1)).join("");
  return one + draw(ALPHABETS.join(""), length - one.length);
}
