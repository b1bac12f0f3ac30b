// Who may call a method of a REST API: authorizers, API keys, and what a path's methods inherit.

import { securityOf } from "./definition.ts";
import { definitionProblem } from "./problems.ts";
import { keysOf, Literal, ordered, put, type Fields } from "./python-order.ts";
import { NO_METHODS, type RestDefinition } from "./rest-definition.ts";
import { at, fieldsAt, filled, isFields } from "./values.ts";

/** A requirement: one name and its scopes. */
function requirement(name: string | Literal, scopes: unknown): Fields {
  const made = ordered();
  put(made, name, scopes);
  return made;
}

function split(security: readonly unknown[], names: readonly string[], where: string): [Fields[], Fields[]] {
  for (const each of security)
    if (!isFields(each))
      throw definitionProblem(`${JSON.stringify(each)} in Security for ${where} is not a valid dictionary.`);
  const all = security as readonly Fields[];
  const named = (each: Fields): boolean => keysOf(each).some((key) => names.includes(key));
  return [all.filter((each) => !named(each)), all.filter(named)];
}

function withIam(definition: RestDefinition, method: Fields): void {
  const [first] = (at(method, "security") ?? []) as unknown[];
  if (isFields(first) && Object.hasOwn(first, "AWS_IAM")) definition.addIamSecurity();
}

export type ScopesOf = ReadonlyMap<string, unknown>;

/** Methods that name no authorizer of their own get the API's. */
export function setDefaultAuthorizer(
  definition: RestDefinition,
  path: string,
  authorizer: string,
  { scopes, preflight }: { readonly scopes: ScopesOf; readonly preflight: boolean },
): void {
  for (const [name, method] of definition.allMethodsAt(path, NO_METHODS)) {
    if (name === "options" && !preflight) continue;
    const before = securityOf(method, path, name);
    const [others, own] = split(before, ["AWS_IAM", ...scopes.keys()], `path ${path} method ${name}`);
    const none = others.findIndex((each) => Object.hasOwn(each, "NONE"));
    const chosen = none >= 0 ? [] : own.length > 0 ? own : [requirement(authorizer, scopes.get(authorizer) ?? [])];
    const security = [...others.filter((_, index) => index !== none), ...chosen];
    if (security.length === 0) continue;
    put(method, new Literal("security"), security);
    withIam(definition, method);
  }
}

/** Methods that do not say otherwise need a key. */
export function setDefaultKey(definition: RestDefinition, path: string, preflight: boolean): void {
  for (const [name, method] of definition.allMethodsAt(path, NO_METHODS)) {
    const before = securityOf(method, path, name);
    const [others, own] = split(before, ["api_key", "api_key_false"], `path ${path} method ${name}`);
    const exempt = own.some((each) => Object.hasOwn(each, "api_key_false"));
    const key = exempt ? [] : [requirement(new Literal("api_key"), [])];
    const security = name === "options" && !preflight ? others : [...others, ...key];
    definition.setSecurity(method, before, security);
  }
}

/** What an event of a function says of its own method. */
export function setMethodAuth(
  definition: RestDefinition,
  { path, method }: { readonly path: string; readonly method: string },
  auth: Fields,
  apiAuth: Fields | undefined,
): void {
  const authorizer = at(auth, "Authorizer");
  if (typeof authorizer === "string" && authorizer !== "")
    setAuthorizer(definition, { path, method, authorizer, scopes: at(auth, "AuthorizationScopes") }, apiAuth);
  const keyed = at(auth, "ApiKeyRequired");
  if (keyed === undefined || keyed === null) return;
  const required = filled(keyed);
  for (const each of definition.methodsAt(path, method)) {
    if (required) definition.addKeySecurity();
    const before = securityOf(each, path, method);
    const added = requirement(new Literal(required ? "api_key" : "api_key_false"), []);
    definition.setSecurity(each, before, [...before, added]);
  }
}

function setAuthorizer(
  definition: RestDefinition,
  asked: { readonly path: string; readonly method: string; readonly authorizer: string; readonly scopes: unknown },
  apiAuth: Fields | undefined,
): void {
  const { path, method, authorizer } = asked;
  const known = at(fieldsAt(apiAuth, "Authorizers"), authorizer);
  for (const each of definition.methodsAt(path, method)) {
    if (authorizer !== "NONE" && known !== undefined && !isFields(known))
      throw definitionProblem(`Type of authorizer '${authorizer}' must be a dictionary`);
    const scopes = asked.scopes ?? at(known, "AuthorizationScopes");
    const scoped = authorizer !== "NONE" && known !== undefined && scopes !== undefined && scopes !== null;
    put(each, new Literal("security"), [
      ...securityOf(each, path, method),
      requirement(authorizer, scoped ? scopes : []),
    ]);
    withIam(definition, each);
  }
}
