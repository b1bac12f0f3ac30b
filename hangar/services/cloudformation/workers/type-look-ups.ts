// Facts and handlers of resource types, and how each resource of a template is run.

import type { Context } from "../../../cloud/operation.ts";
import type { ResourceType } from "../../../cloud/resource.ts";
import { loadCloudFormationType } from "../../../models/load.ts";
import { isNativeCustom } from "../resources/custom/recognise.ts";
import type { TypeLooks } from "../rules/changes.ts";
import { isCustom, type Lookups } from "../rules/coverage.ts";
import type { Template } from "../rules/template.ts";
import type { Run, Tables } from "../store.ts";

export function lookUps(context: Context<Tables>): Lookups {
  return { facts: loadCloudFormationType, handler: (type) => context.ports.resources.resourceType(type) };
}

export function runOf(type: string, logicalId: string, template: Template): Run {
  if (type === "AWS::CloudFormation::Stack") return "stack";
  if (type === "AWS::CloudFormation::WaitCondition") return "wait";
  if (isCustom(type)) return isNativeCustom(type, logicalId, template) ? "registry" : "custom";
  return "registry";
}

/** What decides between an update in place and a replacement. */
export function looksOf(type: string, run: Run, context: Context<Tables>): TypeLooks {
  const facts = isCustom(type) ? undefined : loadCloudFormationType(type);
  if (run !== "registry") return { facts, updatable: true };
  const handler: ResourceType | undefined = context.ports.resources.resourceType(type);
  const replaces = handler?.replaces;
  return {
    facts,
    updatable: handler?.update !== undefined,
    ...(replaces === undefined ? {} : { replaces: (after, before) => replaces(after, before) }),
  };
}
