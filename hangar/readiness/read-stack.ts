// A stack of the assembly as rules read it: its template checked, its functions evaluated as far as can be told offline.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { applyTransforms, parameterChoices } from "../services/cloudformation/rules/transforms.ts";
import type { Surroundings } from "../services/cloudformation/rules/serverless/transform.ts";
import { evaluate } from "../services/cloudformation/rules/evaluate.ts";
import { NO_VALUE } from "../services/cloudformation/rules/environment.ts";
import {
  isObject,
  parseTemplateText,
  type PlainObject,
  type Template,
  type TemplateResource,
} from "../services/cloudformation/rules/template.ts";
import { validateTemplate } from "../services/cloudformation/rules/validate-template.ts";
import { awsManagedPolicyNamed } from "../services/iam/rules/managed-policies.ts";
import { environmentOf, withoutOpenChoices, type OfflineEnvironment, type Place } from "./offline-environment.ts";

export type ReadResource = {
  readonly logicalId: string;
  readonly type: string;
  /** `aws:cdk:path`, or the logical id where the app is not the CDK's. */
  readonly path: string;
  /** Evaluated; what only a deployment can tell is KNOWN_AFTER_APPLY. */
  readonly properties: PlainObject;
  /** As it stands in the template. */
  readonly raw: TemplateResource;
};

export type ReadStack = {
  readonly name: string;
  /** `AWS::StackName` in it: the nested ones have names that CloudFormation makes. */
  readonly place: Place;
  readonly nested: boolean;
  /** As they are given to it. */
  readonly parameters: PlainObject;
  readonly templatePath: string;
  readonly bytes: number;
  /** It goes to a bucket first, rather than along with the call. */
  readonly uploaded: boolean;
  /** As it stands in the file. */
  readonly data: PlainObject;
  /** Transformed. */
  readonly template: Template;
  /** Those whose condition is met or cannot be told. */
  readonly resources: readonly ReadResource[];
  /** Why CloudFormation would not take it, in its own words. */
  readonly refusals: readonly string[];
};

export type ToRead = {
  readonly name: string;
  readonly templatePath: string;
  readonly place: Place;
  readonly parameters: PlainObject;
  readonly uploaded: boolean;
  readonly nested?: boolean;
};

/** The stack and those nested in it. Throws an Error where a file is no template at all. */
export function readStacks(stack: ToRead): ReadStack[] {
  const read = stackOf(readFileSync(stack.templatePath, "utf8"), stack);
  const nested = read.resources.flatMap((resource) => {
    const file = isObject(resource.raw.Metadata) ? resource.raw.Metadata["aws:asset:path"] : undefined;
    if (resource.type !== "AWS::CloudFormation::Stack" || typeof file !== "string") return [];
    const given = resource.properties["Parameters"];
    return readStacks({
      name: `${stack.name}/${resource.logicalId}`,
      templatePath: join(dirname(stack.templatePath), file),
      place: { ...stack.place, stackName: `${stack.place.stackName}-${resource.logicalId}` },
      parameters: isObject(given) ? given : {},
      uploaded: true,
      nested: true,
    });
  });
  return [read, ...nested];
}

/** One stack from its template's text. */
export function stackOf(text: string, stack: ToRead): ReadStack {
  const { name, templatePath, place, parameters, uploaded, nested = false } = stack;
  const refusals: string[] = [];
  const noted = <Value>(otherwise: Value, run: () => Value): Value => {
    try {
      return run();
    } catch (error) {
      refusals.push((error as Error).message);
      return otherwise;
    }
  };
  const data = noted<unknown>({}, () => parseTemplateText(text)) as PlainObject;
  const plain = noted(data, () => applyTransforms(data, surroundingsOf(data, place, parameters)));
  const template = noted(leniently(plain), () => validateTemplate(plain));
  const environment = noted(undefined, () => environmentOf(template, place, parameters));
  const resources = Object.entries(template.Resources).flatMap(([logicalId, raw]): ReadResource[] => {
    if (environment === undefined || !mayExist(raw, environment)) return [];
    const properties = noted({}, () => propertiesOf(raw, environment));
    return [{ logicalId, type: raw.Type, path: pathOf(logicalId, raw), properties, raw }];
  });
  const bytes = Buffer.byteLength(text);
  return { name, place, nested, parameters, templatePath, bytes, uploaded, data, template, resources, refusals };
}

function surroundingsOf(data: PlainObject, { region }: Place, parameters: PlainObject): Surroundings {
  return {
    region,
    parameters: { ...parameterChoices(data, () => undefined), ...parameters },
    managedPolicyArn: (name) => awsManagedPolicyNamed(name)?.Arn,
    now: 0,
  };
}

/** What can be read of a template that CloudFormation refuses. */
function leniently(data: PlainObject): Template {
  const resources = isObject(data["Resources"]) ? data["Resources"] : {};
  const sound = Object.entries(resources).filter(([, each]) => isObject(each) && typeof each["Type"] === "string");
  return { ...data, Resources: Object.fromEntries(sound) } as unknown as Template;
}

function mayExist({ Condition }: TemplateResource, { conditions, open }: OfflineEnvironment): boolean {
  return Condition === undefined || open.has(Condition) || conditions.get(Condition) === true;
}

function propertiesOf(raw: TemplateResource, environment: OfflineEnvironment): PlainObject {
  const { open } = environment;
  const written = raw.Properties ?? {};
  const properties = evaluate(open.size === 0 ? written : withoutOpenChoices(written, open), environment);
  return properties === NO_VALUE || !isObject(properties) ? {} : properties;
}

function pathOf(logicalId: string, { Metadata }: TemplateResource): string {
  const path = isObject(Metadata) ? Metadata["aws:cdk:path"] : undefined;
  return typeof path === "string" ? path.replace(/\/(Resource|Default)$/, "") : logicalId;
}
