// The resource policy of a REST API from SAM's lists of accounts, addresses and VPCs.

import { ANY_METHOD } from "./definition.ts";
import { definitionProblem } from "./problems.ts";
import { keysOf, Literal, ordered, put, type Fields } from "./python-order.ts";
import type { RestDefinition } from "./rest-definition.ts";
import { at, filled, isFields, sameValue, sub, textOf } from "./values.ts";

const literal = (text: string): Literal => new Literal(text);

export function addResourcePolicy(definition: RestDefinition, policy: unknown, path: string, stage: unknown): void {
  if (policy === undefined || policy === null) return;
  if (!isFields(policy)) throw definitionProblem("Resource Policy is not a valid dictionary.");
  const resources = (): Fields[] => methodArns(definition, path, stage);
  const given = (name: string): unknown => at(policy, name) ?? undefined;
  if (given("AwsAccountWhitelist") !== undefined)
    addAccounts(definition, given("AwsAccountWhitelist"), "Allow", resources());
  if (given("AwsAccountBlacklist") !== undefined)
    addAccounts(definition, given("AwsAccountBlacklist"), "Deny", resources());
  addAddresses(definition, given("IpRangeWhitelist"), "NotIpAddress", resources());
  addAddresses(definition, given("IpRangeBlacklist"), "IpAddress", resources());
  for (const [list, operator] of [
    ["Blacklist", "StringEquals"],
    ["Whitelist", "StringNotEquals"],
  ] as const) {
    const names = given(`SourceVpc${list}`);
    if (Array.isArray(names) && !names.every((name) => textOf(name) !== undefined))
      throw definitionProblem(
        `SourceVpc${list} must be a list of strings. Use IntrinsicVpc${list} instead for values that use Intrinsic Functions`,
      );
    const vpcs = {
      names: (names ?? []) as unknown[],
      vpcs: (given(`IntrinsicVpc${list}`) ?? []) as unknown[],
      endpoints: (given(`IntrinsicVpce${list}`) ?? []) as unknown[],
    };
    addVpcs(definition, vpcs, operator, resources());
  }
  definition.writePolicy();
}

export function addCustomStatements(definition: RestDefinition, statements: unknown): void {
  if (!filled(statements)) return;
  put(definition.policy, literal("Version"), literal("2012-10-17"));
  const before = at(definition.policy, "Statement");
  if (before === undefined) put(definition.policy, literal("Statement"), statements);
  else addStatements(definition.policy, Array.isArray(statements) ? (statements as unknown[]) : [statements]);
  definition.writePolicy();
}

function addStatements(policy: Fields, more: readonly unknown[], onlyNew = true): void {
  const before = at(policy, "Statement");
  const all = before === undefined ? [] : Array.isArray(before) ? (before as unknown[]) : [before];
  for (const statement of more) if (!onlyNew || !all.some((known) => sameValue(known, statement))) all.push(statement);
  put(policy, literal("Statement"), all);
}

function methodArns(definition: RestDefinition, path: string, stage: unknown): Fields[] {
  const place = withStars(path);
  return definition
    .itemsAt(path)
    .flatMap(keysOf)
    .map((name) => {
      const every = name.toLowerCase() === ANY_METHOD.text || name.toLowerCase() === "any";
      return sub(`execute-api:/\${__Stage__}/${every ? "*" : name.toUpperCase()}${place}`, { __Stage__: stage });
    });
}

/** Parameters of a path are stars in an ARN. */
export function withStars(path: string): string {
  return path.replace(/\{([a-zA-Z0-9._-]+|[a-zA-Z0-9._-]+\+|proxy\+)\}/g, "*");
}

function statement(effect: string, resources: readonly Fields[], principal: unknown, condition?: Fields): Fields {
  return ordered({
    Effect: literal(effect),
    Action: literal("execute-api:Invoke"),
    Resource: resources,
    Principal: principal,
    ...(condition === undefined ? {} : { Condition: condition }),
  });
}

function addAccounts(definition: RestDefinition, accounts: unknown, effect: string, resources: Fields[]): void {
  if (!filled(accounts)) return;
  if (!Array.isArray(accounts) && !isFields(accounts))
    throw definitionProblem(`Type of '${String(textOf(accounts) ?? accounts)}' must be a list or dictionary`);
  const list = Array.isArray(accounts) ? (accounts as unknown[]) : [accounts];
  put(definition.policy, literal("Version"), literal("2012-10-17"));
  const made = statement(effect, resources, ordered({ AWS: list }));
  if (at(definition.policy, "Statement") === undefined) put(definition.policy, literal("Statement"), made);
  else addStatements(definition.policy, [made], false);
}

function addAddresses(definition: RestDefinition, ranges: unknown, operator: string, resources: Fields[]): void {
  if (!filled(ranges)) return;
  const list = Array.isArray(ranges) ? (ranges as unknown[]) : [ranges];
  denyUnless(definition, { [operator]: { "aws:SourceIp": list } }, resources);
}

type Vpcs = {
  readonly names: readonly unknown[];
  readonly vpcs: readonly unknown[];
  readonly endpoints: readonly unknown[];
};

function addVpcs(definition: RestDefinition, given: Vpcs, operator: string, resources: Fields[]): void {
  const starting = (prefix: string): unknown[] => given.names.filter((name) => textOf(name)?.startsWith(prefix));
  const vpcs = [...starting("vpc-"), ...given.vpcs];
  const endpoints = [...starting("vpce-"), ...given.endpoints];
  if (vpcs.length === 0 && endpoints.length === 0) return;
  const condition = ordered();
  if (vpcs.length > 0) put(condition, literal("aws:SourceVpc"), vpcs);
  if (endpoints.length > 0) put(condition, literal("aws:SourceVpce"), endpoints);
  denyUnless(definition, { [operator]: condition }, resources);
}

function denyUnless(definition: RestDefinition, condition: Fields, resources: Fields[]): void {
  put(definition.policy, literal("Version"), literal("2012-10-17"));
  addStatements(definition.policy, [
    statement("Allow", resources, literal("*")),
    statement("Deny", resources, literal("*"), condition),
  ]);
}
