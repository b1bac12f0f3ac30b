// Makes a template ready to be planned or deployed: parsed, checked, its parameters and conditions settled.

import type { Caller, Context } from "../../../cloud/operation.ts";
import { invalid } from "../errors.ts";
import { checkRules, evaluateConditions } from "../rules/conditions.ts";
import type { Environment } from "../rules/environment.ts";
import { dependencyGraph, type Graph } from "../rules/graph.ts";
import { applyTransforms, expandingMacros, INCLUDE, parameterChoices } from "../rules/transforms.ts";
import {
  chooseParameters,
  parameterValues,
  SSM_VALUE,
  type GivenParameter,
  type StackParameter,
} from "../rules/parameters.ts";
import { parseTemplateText, type PlainObject, type Template } from "../rules/template.ts";
import { validateTemplate } from "../rules/validate-template.ts";
import type { StackTarget, Tables } from "../store.ts";
import { withIncludes } from "./include.ts";
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
  /** The template's text after its transforms, where they changed it. */
  readonly processedText?: string | undefined;
  readonly parameters: readonly StackParameter[];
  readonly graph: Graph;
  /** Lacks only what depends on resources. */
  readonly environment: Omit<Environment, "ref" | "attribute">;
};

/** The template of a stack or change set as its transforms left it, checked. */
export function templateOf(target: Pick<StackTarget, "templateText" | "processedText">): Template {
  return validated(parseTemplateText(target.processedText ?? target.templateText) as PlainObject);
}

/** A template that nobody deploys: only what needs no expansion is checked. */
export function writtenTemplate(text: string): { readonly template: Template; readonly data: PlainObject } {
  const data = parseTemplateText(text) as PlainObject;
  if (expandingMacros(data).length > 0) return { template: { Resources: {}, ...data } as unknown as Template, data };
  const parameters = parameterChoices(data, () => undefined);
  const nowhere = { region: "", parameters, managedPolicyArn: () => undefined, now: 0 };
  return { template: validated(applyTransforms(data, nowhere)), data };
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
  const processedText = await processed(request, context);
  const template = templateOf({ templateText: request.templateText, processedText });
  const parameters = await lookUpParameters(
    template,
    chooseParameters(template, request.given, request.previous),
    request.caller,
    context,
  );
  return { ...settle(template, parameters, request, context), processedText };
}

/** What the transforms make of the template, with the parameters as they are now; undefined where it has none. */
async function processed(
  { caller, templateText, given, previous }: Preparing,
  context: Context<Tables>,
): Promise<string | undefined> {
  const data = parseTemplateText(templateText) as PlainObject;
  const parameters = parameterChoices(data, (name) => {
    const choice = given.find((item) => item.ParameterKey === name);
    const before = previous.find((item) => item.key === name)?.value;
    return choice?.UsePreviousValue === true ? before : (choice?.ParameterValue ?? before);
  });
  const { access } = context.ports;
  const whole = expandingMacros(data).includes(INCLUDE)
    ? await withIncludes(data, { caller, parameters }, context)
    : data;
  const made = applyTransforms(whole, {
    region: context.region,
    parameters,
    managedPolicyArn: (name) => access.awsManagedPolicyArn(name),
    now: context.clock.now(),
  });
  return made === data ? undefined : JSON.stringify(made);
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
