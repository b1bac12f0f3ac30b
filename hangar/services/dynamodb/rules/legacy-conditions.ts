// The parameters that expressions replaced: Expected, QueryFilter, ScanFilter, KeyConditions and AttributeUpdates.

import { invalidParameter, validation } from "../errors.ts";
import { checkedValue, typeOf, type AttributeValue } from "./attribute-value.ts";
import type { BoundAction, BoundUpdate } from "./bind-update.ts";
import type { BoundCondition, BoundOperand } from "./bound-condition.ts";
import { compareValues } from "./compare-values.ts";
import type { Comparator } from "./expression-tree.ts";
import type { KeyConditions } from "./key-condition.ts";
import { legacyDeleteUnsupported } from "./apply-update.ts";

export type LegacyCondition = {
  readonly ComparisonOperator?: string | undefined;
  readonly AttributeValueList?: readonly AttributeValue[] | undefined;
};
export type LegacyConditions = Readonly<Record<string, LegacyCondition>>;
export type ExpectedConditions = Readonly<
  Record<
    string,
    LegacyCondition & { readonly Value?: AttributeValue | undefined; readonly Exists?: boolean | undefined }
  >
>;

const COUNTS: Readonly<Record<string, readonly [number, number]>> = {
  NULL: [0, 0],
  NOT_NULL: [0, 0],
  EQ: [1, 1],
  NE: [1, 1],
  LE: [1, 1],
  LT: [1, 1],
  GE: [1, 1],
  GT: [1, 1],
  CONTAINS: [1, 1],
  NOT_CONTAINS: [1, 1],
  BEGINS_WITH: [1, 1],
  IN: [1, Number.POSITIVE_INFINITY],
  BETWEEN: [2, 2],
};
const SCALARS: readonly string[] = ["S", "N", "B"];
const TYPES: Readonly<Record<string, readonly string[]>> = {
  LE: SCALARS,
  LT: SCALARS,
  GE: SCALARS,
  GT: SCALARS,
  CONTAINS: SCALARS,
  NOT_CONTAINS: SCALARS,
  BEGINS_WITH: ["S", "B"],
  IN: SCALARS,
  BETWEEN: SCALARS,
};
const COMPARATORS: Readonly<Record<string, Comparator>> = { EQ: "=", NE: "<>", LE: "<=", LT: "<", GE: ">=", GT: ">" };
const KEY_OPERATORS: Readonly<Record<string, string>> = {
  ...COMPARATORS,
  BETWEEN: "BETWEEN",
  BEGINS_WITH: "begins_with",
};

type Checked = { readonly operator: string; readonly values: readonly AttributeValue[] };

function checkedCondition(operator: string, list: readonly AttributeValue[]): Checked {
  const values = list.map((value) => checkedValue(value, { bytes: 0 }));
  const [least, most] = COUNTS[operator] as readonly [number, number];
  if (values.length < least || values.length > most)
    throw invalidParameter(`Invalid number of argument(s) for the ${operator} ComparisonOperator`);
  const types = values.map(typeOf);
  if (types.some((type) => type !== types[0]))
    throw invalidParameter("AttributeValues inside AttributeValueList must be of same type");
  const wrong = types.find((type) => TYPES[operator]?.includes(type) === false);
  if (wrong !== undefined)
    throw invalidParameter(`ComparisonOperator ${operator} is not valid for ${wrong} AttributeValue type`);
  if (operator === "BETWEEN" && (compareValues(values[0] as AttributeValue, values[1] as AttributeValue) ?? 0) > 0) {
    throw validation(
      "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
    );
  }
  return { operator, values };
}

function conditionOn(name: string, { operator, values }: Checked): BoundCondition {
  const path: BoundOperand & { kind: "path" } = { kind: "path", path: [name] };
  const [first, second] = values.map((value): BoundOperand => ({ kind: "literal", value })) as [
    BoundOperand,
    BoundOperand,
  ];
  const comparator = COMPARATORS[operator];
  if (comparator !== undefined) return { kind: "compare", operator: comparator, left: path, right: first };
  switch (operator) {
    case "NULL":
    case "NOT_NULL":
      return { kind: "exists", path: path.path, expected: operator === "NOT_NULL" };
    case "CONTAINS":
      return { kind: "contains", left: path, right: first };
    case "NOT_CONTAINS":
      return {
        kind: "and",
        left: { kind: "exists", path: path.path, expected: true },
        right: { kind: "not", condition: { kind: "contains", left: path, right: first } },
      };
    case "BEGINS_WITH":
      return { kind: "begins_with", left: path, right: first };
    case "BETWEEN":
      return { kind: "between", operand: path, lower: first, upper: second };
    default:
      return { kind: "in", operand: path, list: values.map((value) => ({ kind: "literal", value })) };
  }
}

function joined(conditions: readonly BoundCondition[], operator: string | undefined): BoundCondition | undefined {
  return conditions.length === 0
    ? undefined
    : conditions.reduce((left, right) => ({ kind: operator === "OR" ? "or" : "and", left, right }));
}

/** QueryFilter and ScanFilter. */
export function legacyFilter(filter: LegacyConditions, operator: string | undefined): BoundCondition | undefined {
  return joined(
    Object.entries(filter).map(([name, each]) =>
      conditionOn(name, checkedCondition(each.ComparisonOperator ?? "EQ", each.AttributeValueList ?? [])),
    ),
    operator,
  );
}

export function legacyKeyConditions(conditions: LegacyConditions): KeyConditions {
  return new Map(
    Object.entries(conditions).map(([name, each]) => {
      const { operator, values } = checkedCondition(each.ComparisonOperator ?? "EQ", each.AttributeValueList ?? []);
      return [name, { operator: KEY_OPERATORS[operator] ?? operator, values }] as const;
    }),
  );
}

export function expectedCondition(
  expected: ExpectedConditions,
  operator: string | undefined,
): BoundCondition | undefined {
  return joined(
    Object.entries(expected).map(([name, each]) => conditionOn(name, expectation(name, each))),
    operator,
  );
}

function expectation(name: string, each: ExpectedConditions[string]): Checked {
  const { ComparisonOperator: operator, AttributeValueList: list, Value: value, Exists: exists } = each;
  if (list !== undefined && value !== undefined)
    throw invalidParameter(`Value and AttributeValueList cannot be used together for Attribute: ${name}`);
  if (operator !== undefined) {
    if (exists !== undefined)
      throw invalidParameter(`Exists and ComparisonOperator cannot be used together for Attribute: ${name}`);
    if (operator !== "NULL" && operator !== "NOT_NULL" && list === undefined && value === undefined) {
      throw invalidParameter(
        `Value or AttributeValueList must be used with ComparisonOperator: ${operator} for Attribute: ${name}`,
      );
    }
    return checkedCondition(operator, list ?? (value === undefined ? [] : [value]));
  }
  if (list !== undefined)
    throw invalidParameter(`AttributeValueList can only be used with a ComparisonOperator for Attribute: ${name}`);
  if (exists !== false && value === undefined)
    throw invalidParameter(`Value must be provided when Exists is ${String(exists ?? null)} for Attribute: ${name}`);
  if (exists === false && value !== undefined)
    throw invalidParameter(`Value cannot be used when Exists is false for Attribute: ${name}`);
  return value === undefined ? { operator: "NULL", values: [] } : checkedCondition("EQ", [value]);
}

export type LegacyUpdates = Readonly<
  Record<string, { readonly Value?: AttributeValue | undefined; readonly Action?: string | undefined }>
>;

export function legacyUpdate(updates: LegacyUpdates): BoundUpdate {
  return {
    legacy: true,
    actions: Object.entries(updates).map(([name, each]) => legacyAction(name, each.Action ?? "PUT", each.Value)),
  };
}

function legacyAction(name: string, action: string, given: AttributeValue | undefined): BoundAction {
  if (given === undefined) {
    if (action !== "DELETE")
      throw invalidParameter("Only DELETE action is allowed when no attribute value is specified");
    return { kind: "REMOVE", path: [name] };
  }
  const value = checkedValue(given, { bytes: 0 });
  if (action === "PUT") return { kind: "SET", path: [name], operand: { kind: "literal", value } };
  const type = typeOf(value);
  const isSet = type === "SS" || type === "NS" || type === "BS";
  if (action === "DELETE" && !isSet) throw legacyDeleteUnsupported(type);
  if (action === "ADD" && !isSet && type !== "N" && type !== "L")
    throw invalidParameter(`ADD action is not supported for the type ${type}`);
  return { kind: action === "DELETE" ? "DELETE" : "ADD", path: [name], value };
}
