// A template's parameters: which values they get, and whether AWS would take them.

import { textOf } from "./text.ts";
import { invalid } from "../errors.ts";
import type { Template, TemplateParameter } from "./template.ts";

/** As the API has it. */
export type GivenParameter = {
  readonly ParameterKey?: string | undefined;
  readonly ParameterValue?: string | undefined;
  readonly UsePreviousValue?: boolean | undefined;
};

/** What a stack keeps of a parameter. `resolved` is what an SSM type's name led to. */
export type StackParameter = {
  readonly key: string;
  readonly value: string;
  readonly resolved?: string | undefined;
  readonly noEcho: boolean;
};

export const SSM_VALUE = /^AWS::SSM::Parameter::Value<(.+)>$/;

function isList(type: string): boolean {
  return type === "CommaDelimitedList" || type.startsWith("List<");
}

/** The type of what an SSM type leads to; the type itself for all others. */
function valueType(type: string): string {
  return SSM_VALUE.exec(type)?.[1] ?? type;
}

const SIMPLE =
  /^(String|Number|CommaDelimitedList|List<Number>|List<String>|AWS::SSM::Parameter::Name|AWS::(EC2|Route53)::[A-Za-z:]+|List<AWS::(EC2|Route53)::[A-Za-z:]+>)$/;

export function isParameterType(type: unknown): type is string {
  return typeof type === "string" && SIMPLE.test(valueType(type));
}

/** The text each parameter of the template gets, before SSM names are looked up. `previous` serves UsePreviousValue. */
export function chooseParameters(
  template: Template,
  given: readonly GivenParameter[],
  previous: readonly StackParameter[],
): StackParameter[] {
  const declared = template.Parameters ?? {};
  const unknown = given.map((item) => item.ParameterKey ?? "").filter((key) => !Object.hasOwn(declared, key));
  if (unknown.length > 0) throw invalid(`Parameters: [${unknown.join(", ")}] do not exist in the template`);
  const missing: string[] = [];
  const chosen = Object.entries(declared).flatMap(([key, facts]): StackParameter[] => {
    const value = chosenValue(key, facts, given, previous);
    if (value === undefined) {
      missing.push(key);
      return [];
    }
    return [{ key, value, noEcho: String(facts["NoEcho"]) === "true" }];
  });
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(", ")}] must have values`);
  for (const item of chosen) checkValue(item.key, item.value, declared[item.key] as TemplateParameter);
  return chosen;
}

function chosenValue(
  key: string,
  facts: TemplateParameter,
  given: readonly GivenParameter[],
  previous: readonly StackParameter[],
): string | undefined {
  const named = given.find((item) => item.ParameterKey === key);
  if (named?.UsePreviousValue === true) {
    const before = previous.find((item) => item.key === key);
    if (before === undefined)
      throw invalid(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
      );
    return before.value;
  }
  if (named?.ParameterValue !== undefined) return named.ParameterValue;
  if (named !== undefined) throw invalid(`Parameter [${key}] must have a value`);
  const fallback = facts["Default"];
  return fallback === undefined || fallback === null ? undefined : textOf(fallback);
}

/** Throws when a value breaks what its parameter declares. SSM types are checked by their name only. */
function checkValue(key: string, value: string, facts: TemplateParameter): void {
  const described = facts["ConstraintDescription"];
  const refuse = (message: string): never => {
    throw invalid(
      described === undefined ? message : `Parameter ${key} failed to satisfy constraint: ${textOf(described)}`,
    );
  };
  const type = facts.Type;
  const items = isList(type) ? value.split(",").map((item) => item.trim()) : [value];
  if (type === "Number" || type === "List<Number>")
    for (const item of items)
      if (item.trim() === "" || Number.isNaN(Number(item))) throw invalid(`Parameter '${key}' must be a number.`);
  const allowed = facts["AllowedValues"];
  if (Array.isArray(allowed) && items.some((item) => !allowed.map(String).includes(item)))
    refuse(`Parameter '${key}' must be one of AllowedValues`);
  const pattern = facts["AllowedPattern"];
  if (typeof pattern === "string" && items.some((item) => !matches(pattern, item)))
    refuse(`Parameter '${key}' must match pattern ${pattern}`);
  checkBounds(key, value, facts, refuse);
}

function checkBounds(key: string, value: string, facts: TemplateParameter, refuse: (message: string) => never): void {
  const bound = (name: string): number | undefined => (facts[name] === undefined ? undefined : Number(facts[name]));
  const [shortest, longest, least, most] = ["MinLength", "MaxLength", "MinValue", "MaxValue"].map(bound);
  if (shortest !== undefined && value.length < shortest)
    refuse(`Parameter '${key}' must contain at least ${shortest} characters`);
  if (longest !== undefined && value.length > longest)
    refuse(`Parameter '${key}' must contain at most ${longest} characters`);
  if (least !== undefined && Number(value) < least)
    refuse(`Parameter '${key}' must be a number not less than ${least}`);
  if (most !== undefined && Number(value) > most)
    refuse(`Parameter '${key}' must be a number not greater than ${most}`);
}

/** Java patterns that JavaScript cannot read are let through rather than refused. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(value);
  } catch {
    return true;
  }
}

/** What Ref gives for each: text, or a list of texts. */
export function parameterValues(template: Template, chosen: readonly StackParameter[]): ReadonlyMap<string, unknown> {
  return new Map(
    chosen.map((item) => {
      const type = valueType(template.Parameters?.[item.key]?.Type ?? "String");
      const value = item.resolved ?? item.value;
      return [item.key, isList(type) ? (value === "" ? [] : value.split(",").map((part) => part.trim())) : value];
    }),
  );
}
