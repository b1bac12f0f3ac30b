// Condition operators of policies: from `{ operator: { key: values } }` to a test of the request.

import { BlockList, isIP } from "node:net";
import { matcher, type Lookup, type Matcher } from "./pattern.ts";

export type Condition = (lookup: Lookup) => boolean;

type Qualifier = "ForAllValues" | "ForAnyValue" | undefined;
type Operator = { readonly negated: boolean; matcher(value: string, variables: boolean): Matcher };

const text =
  (options: { like?: boolean; ignoreCase?: boolean }) =>
  (value: string, variables: boolean): Matcher =>
    matcher(value, { variables, wildcards: options.like === true, ignoreCase: options.ignoreCase === true });
const arn = (value: string, variables: boolean): Matcher => matcher(value, { variables, arn: true });
const numeric =
  (test: (left: number, right: number) => boolean) =>
  (value: string): Matcher => {
    const right = Number(value);
    return (left) => left !== "" && test(Number(left), right);
  };
const date =
  (test: (left: number, right: number) => boolean) =>
  (value: string): Matcher => {
    const right = timeOf(value);
    return (left) => test(timeOf(left), right);
  };
const equal = (left: number, right: number): boolean => left === right;

const POSITIVE: Readonly<Record<string, (value: string, variables: boolean) => Matcher>> = {
  StringEquals: text({}),
  StringEqualsIgnoreCase: text({ ignoreCase: true }),
  StringLike: text({ like: true }),
  NumericEquals: numeric(equal),
  NumericLessThan: numeric((left, right) => left < right),
  NumericLessThanEquals: numeric((left, right) => left <= right),
  NumericGreaterThan: numeric((left, right) => left > right),
  NumericGreaterThanEquals: numeric((left, right) => left >= right),
  DateEquals: date(equal),
  DateLessThan: date((left, right) => left < right),
  DateLessThanEquals: date((left, right) => left <= right),
  DateGreaterThan: date((left, right) => left > right),
  DateGreaterThanEquals: date((left, right) => left >= right),
  Bool: (value) => (given) => given.toLowerCase() === value.toLowerCase(),
  BinaryEquals: text({}),
  IpAddress: addressMatcher,
  ArnEquals: arn,
  ArnLike: arn,
};

const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
  NotIpAddress: "IpAddress",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
};

const NAMES = new Map(
  [...Object.keys(POSITIVE), ...Object.keys(NEGATED), "Null"].map((name) => [name.toLowerCase(), name]),
);

type Parsed = { readonly qualifier: Qualifier; readonly name: string; readonly ifExists: boolean };

/** `ForAnyValue:StringLikeIfExists` taken apart; undefined when there is no such operator. */
export function parseOperator(full: string): Parsed | undefined {
  const match = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/i.exec(full);
  const name = NAMES.get((match?.[2] ?? "").toLowerCase());
  if (match === null || name === undefined || (name === "Null" && match[3] !== undefined)) return undefined;
  const qualifier =
    match[1] === undefined ? undefined : match[1].toLowerCase() === "forallvalues" ? "ForAllValues" : "ForAnyValue";
  return { qualifier, name, ifExists: match[3] !== undefined };
}

/** A condition of one operator and key. An unknown operator never holds (validation refuses it earlier). */
export function compileCondition(
  operator: string,
  key: string,
  policyValues: readonly string[],
  variables: boolean,
): Condition {
  const parsed = parseOperator(operator);
  if (parsed === undefined) return () => false;
  const name = key.toLowerCase();
  if (parsed.name === "Null") {
    const absent = policyValues.some((value) => value.toLowerCase() === "true");
    return (lookup) => (lookup.unknown?.(name) === true ? true : (lookup.values(name) === undefined) === absent);
  }
  const operation = operatorNamed(parsed.name);
  const matchers = policyValues.map((value) => operation.matcher(value, variables));
  const holds = (value: string, lookup: Lookup): boolean =>
    matchers.some((test) => test(value, lookup)) !== operation.negated;
  return (lookup) => {
    if (lookup.unknown?.(name) === true) return true;
    const values = lookup.values(name);
    if (values === undefined || (values.length === 0 && parsed.qualifier !== undefined))
      return whenAbsent(parsed, operation.negated);
    const every = parsed.qualifier === "ForAllValues" || (parsed.qualifier === undefined && operation.negated);
    return every ? values.every((value) => holds(value, lookup)) : values.some((value) => holds(value, lookup));
  };
}

function whenAbsent(parsed: Parsed, negated: boolean): boolean {
  if (parsed.ifExists || parsed.qualifier === "ForAllValues") return true;
  if (parsed.qualifier === "ForAnyValue") return false;
  return negated;
}

function operatorNamed(name: string): Operator {
  const positive = NEGATED[name];
  const make = POSITIVE[positive ?? name];
  if (make === undefined) throw new Error(`No condition operator ${name}`);
  return { negated: positive !== undefined, matcher: make };
}

function timeOf(value: string): number {
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value);
}

function addressMatcher(range: string): Matcher {
  const [address = "", bits] = range.split("/");
  const family = isIP(address);
  if (family === 0) return () => false;
  const list = new BlockList();
  list.addSubnet(
    address,
    bits === undefined ? (family === 4 ? 32 : 128) : Number(bits),
    family === 4 ? "ipv4" : "ipv6",
  );
  return (given) => {
    const plain = given.startsWith("::ffff:") ? given.slice(7) : given;
    const kind = isIP(plain);
    return kind !== 0 && list.check(plain, kind === 4 ? "ipv4" : "ipv6");
  };
}
