// SAM's policy templates: a name and its parameters stand for a policy's statements.

import templates from "./policy-templates.json" with { type: "json" };
import { resourceProblem } from "./problems.ts";
import { entriesOf, keysOf, type Fields } from "./python-order.ts";
import { at, isFields, isIf, isNoValue, listed } from "./values.ts";

type Statement = {
  readonly actions: string | readonly string[];
  /** `service:resource` of this account and region, or a whole ARN. */
  readonly on: string | readonly string[];
  readonly when?: Readonly<Record<string, string>>;
};
type Template = { readonly parameters: readonly string[]; readonly statements: readonly Statement[] };

const known = new Map<string, Template>(Object.entries(templates.templates as unknown as Record<string, Template>));

export function isPolicyTemplate(policy: unknown): policy is Fields {
  if (!isFields(policy)) return false;
  const [name = "", ...more] = keysOf(policy);
  return more.length === 0 && known.has(name);
}

/** The policy a template stands for, also on both sides of an Fn::If. */
export function policyOfTemplate(logicalId: string, policy: Fields): Fields {
  if (!isIf(policy)) return filledTemplate(logicalId, policy);
  const [condition, ...sides] = at(policy, "Fn::If") as unknown[];
  return {
    "Fn::If": [condition, ...sides.map((side) => (isNoValue(side) ? side : filledTemplate(logicalId, side as Fields)))],
  };
}

function filledTemplate(logicalId: string, policy: Fields): Fields {
  const [[name, given] = ["", undefined]] = entriesOf(policy);
  const template = known.get(name);
  if (template === undefined || !isFields(given))
    throw resourceProblem(logicalId, `Must specify valid parameter values for policy template '${name}'`);
  const missing = template.parameters.filter((parameter) => !Object.hasOwn(given, parameter));
  if (missing.length > 0)
    throw resourceProblem(
      logicalId,
      `Following required parameters of template '${name}' don't have values: ${listed(missing)}`,
    );
  return { Statement: template.statements.map((statement) => filledStatement(statement, given)) };
}

function filledStatement({ actions, on, when }: Statement, given: Fields): Fields {
  const conditions = Object.entries(when ?? {}).map(([key, text]) => [key, arnOf(text, given)]);
  return {
    Action: actions,
    ...(when === undefined ? {} : { Condition: { StringEquals: Object.fromEntries(conditions) as Fields } }),
    Effect: "Allow",
    Resource: typeof on === "string" ? arnOf(on, given) : on.map((text) => arnOf(text, given)),
  };
}

function arnOf(text: string, given: Fields): unknown {
  if (text === "*") return text;
  const [service = "", ...rest] = text.split(":");
  const whole = text.startsWith("arn:") || text.startsWith("${");
  const arn = whole ? text : `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest.join(":")}`;
  const variables = [...arn.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name);
  if (variables.length === 0) return { "Fn::Sub": arn };
  const valueFor = (variable: string): unknown =>
    entriesOf(given).find(([name]) => name.toLowerCase() === variable.toLowerCase())?.[1];
  return { "Fn::Sub": [arn, Object.fromEntries(variables.map((name) => [name, valueFor(name)]))] };
}
