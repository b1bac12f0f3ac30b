// The parameter a tagging call speaks of; other resource types have no tags here.

import { notEmulated } from "../../../kernel/aws-error.ts";
import { invalidResourceId } from "../errors.ts";
import type { Parameter, SsmContext } from "../store.ts";

export function taggedParameter(
  context: SsmContext,
  { ResourceType, ResourceId }: { readonly ResourceType: string; readonly ResourceId: string },
): Parameter {
  if (ResourceType !== "Parameter") throw notEmulated(`tags of the resource type ${ResourceType}`);
  const parameter = context.store.parameters.get(ResourceId);
  if (parameter === undefined) throw invalidResourceId();
  return parameter;
}
