// One entry of a pattern's list: a literal, or an operator such as {"prefix": "a"}, with AWS's words for what is wrong with it.

import { invalidPattern } from "../errors.ts";
import { cidrTest } from "./match-cidr.ts";
import { numericTest } from "./match-numeric.ts";
import { wildcardTest } from "./match-wildcard.ts";

/** `absent` fits where there is no such field. */
export type Matcher = { readonly absent?: true; matches(value: unknown): boolean };

type Test = (value: unknown) => boolean;

export function matcherOf(entry: unknown): Matcher {
  if (entry === null || typeof entry !== "object") return { matches: (value) => value === entry };
  if (Array.isArray(entry)) throw invalidPattern("Match value must be String, number, true, false, or null");
  const entries = Object.entries(entry as Record<string, unknown>);
  const [first] = entries;
  if (first === undefined) throw invalidPattern("Empty objects are not allowed");
  if (entries.length > 1) throw invalidPattern("Only one key allowed in match expression");
  const [operator, operand] = first;
  if (operator === "exists") return exists(operand);
  const make = OPERATORS[operator];
  if (make === undefined) throw invalidPattern(`Unrecognized match type ${operator}`);
  return { matches: make(operand) };
}

function exists(operand: unknown): Matcher {
  if (typeof operand !== "boolean") throw invalidPattern("exists match pattern must be either true or false.");
  return operand ? { matches: () => true } : { absent: true, matches: () => false };
}

const OPERATORS: Readonly<Record<string, (operand: unknown) => Test>> = {
  prefix: (operand) => affix("prefix", operand),
  suffix: (operand) => affix("suffix", operand),
  "anything-but": anythingBut,
  numeric: numericTest,
  cidr: cidrTest,
  wildcard: (operand) => wildcardTest(operand),
  "equals-ignore-case": (operand) => {
    const wanted = textOf(operand, "equals-ignore-case match pattern must be a string").toLowerCase();
    return (value) => typeof value === "string" && value.toLowerCase() === wanted;
  },
};

function affix(kind: "prefix" | "suffix", operand: unknown): Test {
  if (isObject(operand) && Object.keys(operand).length === 1 && "equals-ignore-case" in operand) {
    const wanted = textOf(
      operand["equals-ignore-case"],
      "equals-ignore-case match pattern must be a string",
    ).toLowerCase();
    return (value) => typeof value === "string" && ends(kind, value.toLowerCase(), wanted);
  }
  const wanted = textOf(operand, `${kind} match pattern must be a string`);
  return (value) => typeof value === "string" && ends(kind, value, wanted);
}

function ends(kind: "prefix" | "suffix", value: string, wanted: string): boolean {
  return kind === "prefix" ? value.startsWith(wanted) : value.endsWith(wanted);
}

const ANYTHING_BUT = "Value of anything-but must be an array or single string/number value.";

function anythingBut(operand: unknown): Test {
  if (typeof operand === "string" || typeof operand === "number") return (value) => value !== operand;
  if (Array.isArray(operand)) {
    if (operand.length === 0) throw invalidPattern("Empty arrays are not allowed");
    if (operand.some((each) => typeof each !== "string" && typeof each !== "number"))
      throw invalidPattern("Inside anything but list, start|null|boolean is not supported.");
    return (value) => !operand.includes(value);
  }
  if (!isObject(operand)) throw invalidPattern(ANYTHING_BUT);
  const [entry] = Object.entries(operand);
  if (entry === undefined) throw invalidPattern(ANYTHING_BUT);
  return anythingButOperator(entry[0], entry[1]);
}

function anythingButOperator(operator: string, operand: unknown): Test {
  const list = Array.isArray(operand) ? operand : [operand];
  if (operator === "prefix" || operator === "suffix") {
    if (isObject(operand)) throw invalidPattern(ANYTHING_BUT);
    const wanted = list.map((each) => {
      if (each === "") throw invalidPattern("Null prefix/suffix not allowed");
      return textOf(each, "prefix/suffix match pattern must be a string");
    });
    return (value) => !(typeof value === "string" && wanted.some((each) => ends(operator, value, each)));
  }
  if (operator === "equals-ignore-case") {
    const wanted = list.map((each) =>
      textOf(
        each,
        "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
      ).toLowerCase(),
    );
    return (value) => !(typeof value === "string" && wanted.includes(value.toLowerCase()));
  }
  if (operator === "wildcard") {
    const tests = list.map((each) => wildcardTest(each));
    return (value) => !tests.some((test) => test(value));
  }
  throw invalidPattern(`Unsupported anything-but pattern: ${operator}`);
}

function textOf(value: unknown, otherwise: string): string {
  if (typeof value !== "string") throw invalidPattern(otherwise);
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
