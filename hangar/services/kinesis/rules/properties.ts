// Reads CloudFormation property values, whose numbers may come as text.

import type { Properties, ResourceContext } from "../../../cloud/resource.ts";

type Tag = { readonly Key: string; readonly Value: string };

export function textIn(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === "string" ? value : undefined;
}

export function numberIn(properties: Properties, name: string): number | undefined {
  const value = properties[name];
  return value === undefined || value === null ? undefined : Number(value);
}

/** The stack's tags under the resource's own; those that only AWS may set are left out. */
export function tagsOf(properties: Properties, context: ResourceContext): Readonly<Record<string, string>> {
  const own = (properties["Tags"] as readonly Tag[] | undefined) ?? [];
  const stack = context.tags.filter((tag) => !tag.Key.startsWith("aws:"));
  return Object.fromEntries([...stack, ...own].map((tag) => [tag.Key, String(tag.Value)]));
}
