// What of a template Hangar obeys: every type and property is known before anything is created, or the deploy fails by name.

import type { ResourceType } from "../../../cloud/resource.ts";
import type { CloudFormationType } from "../../../models/model.ts";
import { templateFormat } from "../errors.ts";
import { NO_VALUE } from "./environment.ts";
import { coerceProperties } from "./properties.ts";
import type { PlainObject } from "./template.ts";

export type Lookups = {
  facts(type: string): CloudFormationType | undefined;
  handler(type: string): ResourceType | undefined;
};

/** One resource whose condition is met, its properties evaluated as far as they can be before the deploy. */
export type Planned = { readonly logicalId: string; readonly type: string; readonly properties: PlainObject };

export function isCustom(type: string): boolean {
  return type === "AWS::CloudFormation::CustomResource" || type.startsWith("Custom::");
}

/** Run by the engine itself rather than by a handler of the registry. */
export const ENGINE_TYPES: Readonly<Record<string, readonly string[]>> = {
  "AWS::CloudFormation::Stack": ["TemplateURL", "Parameters", "Tags", "NotificationARNs", "TimeoutInMinutes"],
  "AWS::CloudFormation::WaitCondition": ["Handle", "Timeout", "Count"],
};

const NO_FACTS = ["AWS::CDK::Metadata"];

/** Sentences that say why the template cannot be deployed; none when it can. Throws AWS's own refusal of types it does not know. */
export function uncovered(resources: readonly Planned[], lookups: Lookups): string[] {
  const strange = new Set(
    resources
      .filter(({ type }) => !isCustom(type) && !NO_FACTS.includes(type) && lookups.facts(type) === undefined)
      .map(({ type }) => type),
  );
  if (strange.size > 0) throw templateFormat(`Unrecognized resource types: [${[...strange].join(", ")}]`);
  const missing = new Map<string, string[]>();
  const out: string[] = [];
  for (const resource of resources) {
    if (isCustom(resource.type)) continue;
    const handled = ENGINE_TYPES[resource.type] ?? handledProperties(lookups.handler(resource.type));
    if (handled === undefined) missing.set(resource.type, [...(missing.get(resource.type) ?? []), resource.logicalId]);
    else out.push(...problemsOf(resource, handled, lookups));
  }
  for (const [type, ids] of missing)
    out.push(`Hangar does not emulate the resource type ${type} yet (${ids.join(", ")}).`);
  return out;
}

function handledProperties(handler: ResourceType | undefined): readonly string[] | undefined {
  return handler === undefined ? undefined : [...handler.properties, ...Object.keys(handler.inert ?? {})];
}

function problemsOf(resource: Planned, handled: readonly string[], lookups: Lookups): string[] {
  const facts = lookups.facts(resource.type);
  const own = Object.keys(resource.properties).filter((key) => (resource.properties[key] as unknown) !== NO_VALUE);
  const known = own.filter((key) => facts === undefined || Object.hasOwn(facts.properties, key));
  const lacking = known.filter((key) => !handled.includes(key) && facts !== undefined);
  const out = lacking.map(
    (key) => `Hangar does not emulate the property ${key} of ${resource.type} yet (${resource.logicalId}).`,
  );
  if (facts === undefined) return out;
  try {
    coerceProperties(resource.properties, facts);
  } catch (error) {
    // Missing and ill-typed properties are for the resource itself to fail on, as in AWS.
    if ((error as Error).message.startsWith("Encountered unsupported property"))
      out.push(`${(error as Error).message} (${resource.logicalId}, ${resource.type})`);
  }
  return out;
}
