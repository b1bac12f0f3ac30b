// Makes a template ready to be planned or deployed: parsed, checked, its parameters and conditions settled.

import type { Caller, Context } from "../../../cloud/operation.ts";
import { invalid } from "../errors.ts";
import { checkRules, evaluateConditions } from "../rules/conditions.ts";
import type { Environment } from "../rules/environment.ts";
import { dependencyGraph, type Graph } from "../rules/graph.ts";
import { applyTransforms } from "../rules/language-extensions.ts";
import {
  chooseParameters,
  parameterValues,
  SSM_VALUE,
  type GivenParameter,
  type StackParameter,
} from "../rules/parameters.ts";
import { isObject, parseTemplateText, type PlainObject, type Template } from "../rules/template.ts";
import { validateTemplate } from "../rules/validate-template.ts";
import type { Tables } from "../store.ts";
import { readParameter } from "./read-values.ts";

export type Preparing = {
  /** Who looks up what parameters of SSM types name. */
  readonly caller: Caller;
  readonly templateText: string;
  readonly given: readonly GivenParameter[];
  readonly previous: readonly StackParameter[];
  readonly stackId: string;
  readonly stackName: string;
  readonly notificationArns: readonly string[];
};

export type Prepared = {
  readonly template: Template;
  readonly parameters: readonly StackParameter[];
  readonly graph: Graph;
  /** Lacks only what depends on resources. */
  readonly environment: Omit<Environment, "ref" | "attribute">;
};

/** The template as it is after its transforms, checked. */
export function processedTemplate(
  text: string,
  given: readonly GivenParameter[] = [],
  previous: readonly StackParameter[] = [],
): Template {
  const data = parseTemplateText(text) as PlainObject;
  const declared = isObject(data["Parameters"]) ? data["Parameters"] : {};
  const valueOf = (name: string): unknown => {
    const facts = declared[name];
    return (
      given.find((item) => item.ParameterKey === name)?.ParameterValue ??
      previous.find((item) => item.key === name)?.value ??
      (isObject(facts) ? facts["Default"] : undefined)
    );
  };
  return validated(applyTransforms(data, valueOf));
}

const checked = new WeakMap<object, Template>();

function validated(data: PlainObject): Template {
  const known = checked.get(data);
  if (known !== undefined) return known;
  const template = validateTemplate(data);
  checked.set(data, template);
  return template;
}

export async function prepare(request: Preparing, context: Context<Tables>): Promise<Prepared> {
  const template = processedTemplate(request.templateText, request.given, request.previous);
  const parameters = await lookUpParameters(
    template,
    chooseParameters(template, request.given, request.previous),
    request.caller,
    context,
  );
  return settle(template, parameters, request, context);
}

/** The same for parameters that were settled before (a change set that is now executed, a rollback). */
export function settle(
  template: Template,
  parameters: readonly StackParameter[],
  stack: Pick<Preparing, "stackId" | "stackName" | "notificationArns">,
  context: Context<Tables>,
): Prepared {
  const { account, region, store } = context;
  const base = {
    template,
    parameters: parameterValues(template, parameters),
    pseudo: {
      "AWS::AccountId": account,
      "AWS::NotificationARNs": [...stack.notificationArns],
      "AWS::Partition": "aws",
      "AWS::Region": region,
      "AWS::StackId": stack.stackId,
      "AWS::StackName": stack.stackName,
      "AWS::URLSuffix": "amazonaws.com",
    },
    exported: (name: string) => {
      const found = store.exports.get(name);
      if (found === undefined) throw invalid(`No export named ${name} found.`);
      return found.value;
    },
    zones: (name: string) => ["a", "b", "c"].map((letter) => `${name}${letter}`),
  };
  const none = (): string => "";
  const conditions = evaluateConditions(template, { ...base, ref: none, attribute: none });
  const environment = { ...base, conditions };
  checkRules(template, { ...environment, ref: none, attribute: none });
  return { template, parameters, graph: dependencyGraph(template, conditions), environment };
}

/** Follows the names that parameters of SSM types hold. */
async function lookUpParameters(
  template: Template,
  chosen: readonly StackParameter[],
  caller: Caller,
  context: Context<Tables>,
): Promise<StackParameter[]> {
  const missing: string[] = [];
  const found = await Promise.all(
    chosen.map(async (item): Promise<StackParameter> => {
      if (!SSM_VALUE.test(template.Parameters?.[item.key]?.Type ?? "")) return item;
      const parameter = await readParameter(item.value, undefined, caller, context);
      if (parameter === undefined) missing.push(item.value);
      return { ...item, resolved: parameter?.value ?? "" };
    }),
  );
  if (missing.length > 0)
    throw invalid(`Unable to fetch parameters [${missing.join(",")}] from parameter store for this account.`);
  return found;
}
