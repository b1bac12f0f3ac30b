// Which role an identity's credentials are for.
// https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html

import type { MappingRule, RoleMapping } from "../../../models/cognito-identity.d.ts";
import { badRoles, notAuthorized } from "../errors.ts";
import type { RolesRow } from "../store.ts";

type Shown = { readonly mapping: string; readonly claims: Readonly<Record<string, unknown>> };

export function chosenRole(
  { Roles, RoleMappings = {} }: RolesRow,
  logins: readonly Shown[],
  asked: string | undefined,
): string {
  const mapped = logins.find(({ mapping }) => RoleMappings[mapping] !== undefined);
  const fallback = logins.length === 0 ? Roles["unauthenticated"] : Roles["authenticated"];
  const mapping = mapped === undefined ? undefined : RoleMappings[mapped.mapping];
  if (mapped === undefined || mapping === undefined) return known(fallback);
  const role = mapping.Type === "Token" ? byToken(mapped.claims, asked) : byRules(mapping, mapped.claims);
  if (role !== undefined) return role;
  if (mapping.AmbiguousRoleResolution === "Deny")
    throw notAuthorized("Access denied: no role can be determined for this identity.");
  return known(fallback);
}

function known(role: string | undefined): string {
  if (role === undefined) throw badRoles();
  return role;
}

function byToken(claims: Shown["claims"], asked: string | undefined): string | undefined {
  const named = claims["cognito:roles"];
  const roles = Array.isArray(named) ? named.map(String) : [];
  if (asked !== undefined) {
    if (!roles.includes(asked)) throw notAuthorized("Requested role is not one of the roles in the token.");
    return asked;
  }
  const preferred = claims["cognito:preferred_role"];
  if (typeof preferred === "string") return preferred;
  return roles.length === 1 ? roles[0] : undefined;
}

/** The first that holds. */
function byRules({ RulesConfiguration }: RoleMapping, claims: Shown["claims"]): string | undefined {
  return RulesConfiguration?.Rules.find((rule) => holds(rule, claims[rule.Claim]))?.RoleARN;
}

function holds({ MatchType, Value }: MappingRule, claim: unknown): boolean {
  if (claim === undefined) return false;
  const values = [claim].flat().map(String);
  if (MatchType === "Equals") return values.includes(Value);
  if (MatchType === "Contains") return values.some((each) => each.includes(Value));
  if (MatchType === "StartsWith") return values.some((each) => each.startsWith(Value));
  return !values.includes(Value);
}
