// A resource that has to be replaced, but that the template gives the name it has already.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html

import type { Context } from "../../../cloud/operation.ts";
import { isCustom } from "../rules/coverage.ts";
import type { Resource, Tables } from "../store.ts";
import { lookUps } from "./type-look-ups.ts";

/** Why it cannot be; undefined when it can. */
export function keptName(before: Resource, next: Resource, context: Context<Tables>): string | undefined {
  if (next.run !== "registry" || isCustom(next.type)) return undefined;
  const [property, more] = lookUps(context).facts(next.type)?.primaryIdentifier ?? [];
  if (property === undefined || more !== undefined || !/Name$|Identifier$/.test(property)) return undefined;
  const [was, is] = [before.properties[property], next.properties[property]];
  if (typeof is !== "string" || was !== is || before.state?.id !== is) return undefined;
  return `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${is} and update the stack again.`;
}
