// Evaluates a template's conditions, and the assertions of its Rules section.

import { textOf } from "./text.ts";
import { invalid, templateError, templateFormat } from "../errors.ts";
import { evaluate } from "./evaluate.ts";
import type { Environment } from "./environment.ts";
import { isObject, type Template } from "./template.ts";

const EQUALS = "every Fn::Equals object requires a list of 2 string parameters.";

/** Every condition of the template: met or not. */
export function evaluateConditions(
  template: Template,
  environment: Omit<Environment, "conditions">,
): ReadonlyMap<string, boolean> {
  const known = new Map<string, boolean>();
  const open = new Set<string>();
  const whole: Environment = { ...environment, conditions: known };
  const met = (name: string): boolean => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const body = template.Conditions?.[name];
    if (body === undefined)
      throw templateFormat(`Unresolved condition dependency ${name} in the Conditions block of the template`);
    if (open.has(name)) throw templateError(`Circular dependency between conditions: [${[...open].join(", ")}]`);
    open.add(name);
    const result = holds(body, whole, met);
    open.delete(name);
    known.set(name, result);
    return result;
  };
  for (const name of Object.keys(template.Conditions ?? {})) met(name);
  return known;
}

type Met = (name: string) => boolean;

function listOf(argument: unknown, name: string, [least, most]: readonly [number, number]): readonly unknown[] {
  if (!Array.isArray(argument) || argument.length < least || argument.length > most)
    throw templateError(
      `every ${name} object requires a list of ${least === most ? least : `at least ${least} and at most ${most}`} boolean parameters.`,
    );
  return argument;
}

/** Whether a condition or an assertion holds. */
function holds(body: unknown, environment: Environment, met: Met): boolean {
  if (!isObject(body)) {
    if (body === true || body === "true") return true;
    if (body === false || body === "false") return false;
    throw templateFormat("Every Conditions member must be a function that gives a boolean.");
  }
  const [name] = Object.keys(body);
  const argument = body[name ?? ""];
  switch (name) {
    case "Condition":
      return met(String(argument));
    case "Fn::And":
      return listOf(argument, name, [2, 10])
        .map((item) => holds(item, environment, met))
        .every(Boolean);
    case "Fn::Or":
      return listOf(argument, name, [2, 10])
        .map((item) => holds(item, environment, met))
        .some(Boolean);
    case "Fn::Not":
      return !holds(listOf(argument, name, [1, 1])[0], environment, met);
    case "Fn::Equals": {
      if (!Array.isArray(argument) || argument.length !== 2) throw templateError(EQUALS);
      const [left, right] = argument.map((item) => evaluateOperand(item, environment, met));
      return sameText(left, right);
    }
    default:
      return assertion(name ?? "", argument, environment);
  }
}

/** Fn::If inside a condition's operands may name conditions that have not been looked at yet. */
function evaluateOperand(value: unknown, environment: Environment, met: Met): unknown {
  const conditions = { get: (name: string) => met(name), has: () => true } as unknown as ReadonlyMap<string, boolean>;
  return evaluate(value, { ...environment, conditions });
}

function sameText(left: unknown, right: unknown): boolean {
  return textOf(left) === textOf(right);
}

/** The functions that only Rules may use. */
function assertion(name: string, argument: unknown, environment: Environment): boolean {
  const [first, second] = Array.isArray(argument) ? argument.map((item) => evaluate(item, environment)) : [];
  const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
  switch (name) {
    case "Fn::Contains":
      return listed(first).some((item) => sameText(item, second));
    case "Fn::EachMemberEquals":
      return listed(first).every((item) => sameText(item, second));
    case "Fn::EachMemberIn":
      return listed(first).every((item) => listed(second).some((other) => sameText(item, other)));
    default:
      throw templateFormat(`Conditions can only be boolean operations on parameters and other conditions`);
  }
}

type Assertion = { readonly Assert?: unknown; readonly AssertDescription?: string };

/** Throws AWS's refusal when the template's Rules do not hold for the given parameters. */
export function checkRules(template: Template, environment: Environment): void {
  for (const [name, rule] of Object.entries(template.Rules ?? {})) {
    if (!isObject(rule)) throw templateFormat(`Every Rules member must be an object.`);
    const met = (condition: string): boolean => environment.conditions.get(condition) ?? false;
    if (rule["RuleCondition"] !== undefined && !holds(rule["RuleCondition"], environment, met)) continue;
    for (const item of (rule["Assertions"] ?? []) as readonly Assertion[]) {
      if (!holds(item.Assert, environment, met))
        throw invalid(`Template error: ${item.AssertDescription ?? `Rule ${name} failed`}`);
    }
  }
}
